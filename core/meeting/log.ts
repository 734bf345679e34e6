import type { MemberId } from "../contract/parts.ts";
import type { EntryBody } from "../membership/body.ts";
import { author, authorsOf, holds, holdsAny, isFull, merge } from "../membership/log.ts";
import type { PeerId } from "../ports/mesh.ts";
import { encodeChannelMessage } from "../wire/channel-messages.ts";
import { spend } from "./budget.ts";
import { ASKS, ENTRIES, SYNC_MS } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { decidedHere } from "./motions.ts";
import { headsOf, roster } from "./roster.ts";
import { rosterChanged } from "./roster-change.ts";
import { askForMissing, batches, sendMissing } from "./send-entries.ts";
import { seek, seekLater } from "./seeking.ts";
import { sendToAll } from "./sending.ts";
import { heardOf, mustContradictExpulsion, mustContradictVotes } from "./silence.ts";
import type { Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";
import { takeWithheld, withhold } from "./withheld.ts";

/** How often a decision is written anew because there were more ends of the log than one entry can know. */
const MAX_TRIES = 8;

/**
 * Writes entries of this member's into the log and tells everybody, of several in one message: what follows from them follows once.
 * A log that is full takes nothing more, and nothing happens. Who has just come back writes a little later.
 */
export function write(turn: SessionTurn, ...bodies: readonly EntryBody[]): void {
  if (bodies.length === 0 || isFull(turn.session.log) || withhold(turn, bodies)) return;
  put(turn, bodies);
  settle(turn);
}

/** Writes at once what a return had put off: there is no later. */
export function releaseWithheld(turn: SessionTurn): void {
  write(turn, ...takeWithheld(turn.session));
}

/** Puts down what votes have decided, if it is for this member to do so. */
function settle(turn: SessionTurn): void {
  const { session } = turn;
  if (session.returning !== null) return;
  for (let tries = 0; tries < MAX_TRIES && turn.state.session === session && !isFull(session.log); tries++) {
    const decided = decidedHere(session);
    if (decided === null) return;
    put(turn, [decided]);
  }
}

function put(turn: SessionTurn, bodies: readonly EntryBody[]): void {
  const { session } = turn;
  const before = { log: session.log, roster: roster(session) };
  const entries: Uint8Array[] = [];
  for (const body of bodies) {
    if (isFull(session.log)) break;
    const written = author(session.log, { key: session.signingKey, time: turn.now, body });
    session.log = written.log;
    entries.push(written.entry);
  }
  const alone = bodies.length === 1 ? removedBy(bodies[0]) : undefined;
  for (const batch of batches(entries)) sendToAll(turn, { type: "entries", entries: batch }, alone);
  // Gossip carries hashes only: unlike our channels it is not protected against those who record now and decrypt later.
  turn.effects.push({ type: "publish", message: encodeChannelMessage({ type: "sync", heads: headsOf(session) }) });
  rosterChanged(turn, before);
}

/** Whom an entry takes out: that one gets it as the last word on each of its links, and need not get it twice. */
function removedBy(body: EntryBody | undefined): MemberId | undefined {
  return body?.type === "remove" || body?.type === "expel" ? body.member : undefined;
}

/** Entries from another: what is valid is kept and passed on; what refers to entries not held here is asked for. */
export function entriesArrived(turn: SessionTurn, link: Link, entries: readonly Uint8Array[]): void {
  const { session } = turn;
  const granted = withinBudget(turn, link, entries);
  let merged = merge(session.log, granted);
  if (mustContradictExpulsion(turn, merged.log, merged.added)) {
    // Beside it, so before it is taken: what this person did not know when contradicting is void by that.
    put(turn, [{ type: "present" }]);
    merged = merge(session.log, granted);
  }
  const before = { log: session.log, roster: roster(session) };
  session.log = merged.log;
  // Nobody honest passes on an entry that does not verify.
  if (merged.rejected.length > 0) closeLink(turn, link);
  if (merged.missing.length > 0) askForMissing(turn, link);
  if (merged.added.length === 0) return;
  heardOf(turn, authorsOf(merged.log, merged.added));
  const source = link.stage.name === "channel" ? link.stage.member : undefined;
  // The others have most likely heard it from the author: the new heads are enough for them to ask if not.
  if (session.entered) sendToAll(turn, { type: "sync", heads: headsOf(session) }, source);
  rosterChanged(turn, before);
  settle(turn);
}

/**
 * The part of the entries that the member behind a link may still bring. What is left out is not lost: it is missing, and the next
 * heads ask for it. A newcomer has no contacts yet and takes the whole log.
 */
function withinBudget(turn: SessionTurn, link: Link, entries: readonly Uint8Array[]): readonly Uint8Array[] {
  const contact = link.stage.name === "channel" ? turn.session.contacts.get(link.stage.member) : undefined;
  if (contact === undefined) return entries;
  const spent = spend(contact.entries, ENTRIES, { elapsed: turn.elapsed, wanted: entries.length });
  contact.entries = spent.budget;
  return entries.slice(0, spent.granted);
}

/** Tells all members these heads when it is time: what one of them missed, for whatever reason, is asked for. */
export function syncDue(turn: SessionTurn): void {
  const { session } = turn;
  if (session.syncAt === null || session.syncAt > turn.elapsed) return;
  session.syncAt = turn.elapsed + SYNC_MS;
  sendToAll(turn, { type: "sync", heads: headsOf(session) });
  if (mustContradictVotes(turn)) write(turn, { type: "present" });
  settle(turn);
}

/** A member's heads came by gossip: what is not held here, and does not come, is asked for over the link to that member, if there is one. */
export function headsGossiped(turn: SessionTurn, peer: PeerId, theirHeads: readonly Uint8Array[]): void {
  const { session } = turn;
  if (!session.entered || holds(session.log, theirHeads)) return;
  const teller = [...session.contacts.values()].find((contact) => contact.greeted && contact.peer === peer);
  if (teller !== undefined) seekLater(turn, teller, theirHeads);
}

/**
 * Another's heads: it gets what it lacks, and is asked for what is not held here. Heads of which none is known here do not tell
 * what it lacks: it is only asked, and asks in turn if it has to, instead of being sent the whole log.
 */
export function headsArrived(turn: SessionTurn, link: Link, theirHeads: readonly Uint8Array[]): void {
  const { log, contacts } = turn.session;
  const contact = link.stage.name === "channel" ? contacts.get(link.stage.member) : undefined;
  if (contact === undefined) return;
  // Two full logs that differ would ask each other for ever, and an empty list asks for everything.
  const spent = spend(contact.asks, ASKS, { elapsed: turn.elapsed, wanted: 1 });
  contact.asks = spent.budget;
  if (spent.granted === 0) return;
  if (theirHeads.length === 0 || holdsAny(log, theirHeads)) sendMissing(turn, link, theirHeads);
  if (!holds(log, theirHeads)) seek(turn, contact, theirHeads);
}
