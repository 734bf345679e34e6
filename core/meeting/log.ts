import { toBase64Url } from "../base/bytes.ts";
import { MAX_REASON_CHARACTERS } from "../contract/limits.ts";
import type { Admission, MemberId } from "../contract/parts.ts";
import type { Notice } from "../contract/snapshots.ts";
import type { EntryBody } from "../membership/body.ts";
import { author, entriesAfter, isFull, holds, holdsAny, landmarks, merge, removalsOf } from "../membership/log.ts";
import type { Roster } from "../membership/roster.ts";
import {
  encodeChannelMessage,
  MAX_ENTRIES_PER_MESSAGE,
  MAX_ENTRY_BYTES_PER_MESSAGE,
  MAX_HEADS,
} from "../wire/channel-messages.ts";
import type { PeerId } from "../ports/mesh.ts";
import { adopt, announceMembers, expectCall } from "./contacts.ts";
import { spend } from "./budget.ts";
import { endSession } from "./ending.ts";
import { ASKS, ENTRIES, SYNC_MS, NAME_WAIT_MS } from "./limits.ts";
import { beginKeys, rosterKeysChanged } from "./keys.ts";
import { closeLink } from "./link-end.ts";
import { closeMedia } from "./media.ts";
import { cleanText } from "./names.ts";
import { headsOf, isMember, nameOf, newContact, roster } from "./roster.ts";
import { sendOn, sendTo, sendToAll } from "./sending.ts";
import type { Contact, Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

const MAX_NOTICES = 100;
/** Contacts in one message: with eight addresses of the longest each, they fit. */
const CONTACTS_PER_MESSAGE = 32;

/** Writes an entry of this member's into the log and tells everybody. A log that is full takes nothing more, and nothing happens. */
export function write(turn: SessionTurn, body: EntryBody): void {
  const { session } = turn;
  if (isFull(session.log)) return;
  const before = roster(session);
  const written = author(session.log, { key: session.signingKey, time: turn.now, body });
  session.log = written.log;
  sendToAll(turn, { type: "entries", entries: [written.entry] });
  // Gossip carries hashes only: unlike our channels it is not protected against those who record now and decrypt later.
  turn.effects.push({ type: "publish", message: encodeChannelMessage({ type: "sync", heads: headsOf(session) }) });
  rosterChanged(turn, before);
}

/** Entries from another: what is valid is kept and passed on; what refers to entries not held here is asked for. */
export function entriesArrived(turn: SessionTurn, link: Link, entries: readonly Uint8Array[]): void {
  const { session } = turn;
  const before = roster(session);
  const merged = merge(session.log, withinBudget(turn, link, entries));
  session.log = merged.log;
  // Nobody honest passes on an entry that does not verify.
  if (merged.rejected.length > 0) closeLink(turn, link);
  if (merged.missing.length > 0) ask(turn, link);
  if (merged.added.length === 0) return;
  const source = link.stage.name === "channel" ? link.stage.member : undefined;
  // The others have most likely heard it from the author: the new heads are enough for them to ask if not.
  if (session.entered) sendToAll(turn, { type: "sync", heads: headsOf(session) }, source);
  rosterChanged(turn, before);
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
}

/** A member's heads came by gossip: what is not held here is asked for over the link to that member, if there is one. */
export function headsGossiped(turn: SessionTurn, peer: PeerId, theirHeads: readonly Uint8Array[]): void {
  const { session } = turn;
  if (!session.entered || holds(session.log, theirHeads)) return;
  const teller = [...session.contacts.values()].find((contact) => contact.greeted && contact.peer === peer);
  if (teller !== undefined) sendTo(turn, teller.member, { type: "sync", heads: headsOf(session) });
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
  if (!holds(log, theirHeads)) ask(turn, link);
}

/** Asks for what the other end holds and this one does not. */
function ask(turn: SessionTurn, link: Link): void {
  const heads = [...landmarks(turn.session.log), ...headsOf(turn.session)].slice(0, MAX_HEADS);
  sendOn(turn, link, { type: "sync", heads });
}

/** Sends a link what comes after the heads that its other end has. */
export function sendMissing(turn: SessionTurn, link: Link, theirHeads: readonly Uint8Array[]): void {
  const entries = entriesAfter(turn.session.log, theirHeads);
  for (const batch of batches(entries)) sendOn(turn, link, { type: "entries", entries: batch });
}

function batches(entries: readonly Uint8Array[]): Uint8Array[][] {
  const made: Uint8Array[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = made.at(-1);
    bytes += entry.length;
    if (last === undefined || last.length >= MAX_ENTRIES_PER_MESSAGE || bytes > MAX_ENTRY_BYTES_PER_MESSAGE) {
      made.push([entry]);
      bytes = entry.length;
    } else last.push(entry);
  }
  return made;
}

/** Everything that follows from a new roster: contacts, keys, links, what people are told. */
export function rosterChanged(turn: SessionTurn, before: Roster): void {
  const { session } = turn;
  const after = roster(session);
  if (!session.entered) {
    if (after.members.some((member) => member.id === session.self)) becomeMember(turn);
    return;
  }
  const removal = after.removals.find((one) => one.member === session.self);
  if (removal !== undefined) {
    const by = nameOf(session, removal.by);
    return endSession(turn, { cause: "removed", by, reason: cleanText(removal.reason, MAX_REASON_CHARACTERS) });
  }
  if (isNobody(session.self, after)) return endSession(turn, { cause: "refused", by: "", reason: "" });
  const gone = before.members.filter((member) => !after.members.some(({ id }) => id === member.id));
  const added = after.members.filter((member) => !before.members.some(({ id }) => id === member.id));
  for (const member of gone) dropContact(turn, member.id, after);
  for (const member of added) notice(turn, { kind: "joined", member: member.id, by: member.admittedBy, reason: "" });
  session.admission = doorOf(after);
  rosterKeysChanged(
    turn,
    gone.map(({ id }) => id),
  );
  meetContacts(turn);
}

/** Whether the log, as it is known now, never admitted somebody: the one who let them in had been removed by then. */
function isNobody(self: MemberId, after: Roster): boolean {
  return !after.members.some(({ id }) => id === self) && !after.departures.some(({ member }) => member === self);
}

/** Who was removed still holds the invite, and could come back under a new key: from then on somebody must let newcomers in. */
function doorOf({ policy, removals }: Roster): Admission {
  return policy.admission === "invite" && removals.length > 0 ? "knock-any" : policy.admission;
}

/** The log says that this person is a member: the call begins. */
export function becomeMember(turn: SessionTurn): void {
  const { session } = turn;
  session.entered = true;
  session.entry = null;
  session.startedAt = turn.now;
  session.syncAt = turn.elapsed + SYNC_MS;
  session.admission = doorOf(roster(session));
  beginKeys(turn);
  for (const link of [...session.links.values()]) {
    if (link.stage.name === "channel" && !isMember(session, link.stage.member)) closeLink(turn, link);
  }
  rosterKeysChanged(turn);
  meetContacts(turn);
}

/** A contact for each member, and for each member already on a link the welcome that makes it one. */
function meetContacts(turn: SessionTurn): void {
  const { session } = turn;
  for (const { id } of roster(session).members) {
    if (id === session.self || session.contacts.has(id)) continue;
    const contact = newContact(id);
    session.contacts.set(id, contact);
    for (const knock of [...session.knocks.values()]) if (knock.member === id) session.knocks.delete(knock.id);
    for (const link of [...session.links.values()]) {
      if (link.stage.name === "channel" && link.stage.member === id) welcome(turn, link, contact);
    }
    expectCall(turn, contact);
  }
}

/** Somebody on a link is a member from now on, here or by another's word: it gets the whole log and the way to everybody. */
function welcome(turn: SessionTurn, link: Link, contact: Contact): void {
  sendMissing(turn, link, []);
  const known = knownContacts(turn, contact.member);
  for (let first = 0; first < known.length; first += CONTACTS_PER_MESSAGE) {
    sendOn(turn, link, { type: "contacts", contacts: known.slice(first, first + CONTACTS_PER_MESSAGE) });
  }
  adopt(turn, link, contact);
}

function knownContacts(turn: SessionTurn, except: MemberId): [Uint8Array, string[]][] {
  const keys = new Map(roster(turn.session).members.map((member) => [member.id, member.key]));
  return [...turn.session.contacts.values()].flatMap((contact): [Uint8Array, string[]][] => {
    const key = keys.get(contact.member);
    const known = key !== undefined && contact.member !== except && contact.addresses.length > 0;
    return known ? [[key, [...contact.addresses]]] : [];
  });
}

/** Tells everybody else where one member is. */
export function spreadAddresses(turn: SessionTurn, contact: Contact): void {
  const member = roster(turn.session).members.find(({ id }) => id === contact.member);
  if (member === undefined || contact.addresses.length === 0) return;
  sendToAll(turn, { type: "contacts", contacts: [[member.key, [...contact.addresses]]] }, contact.member);
}

/** Somebody is no member any more: nothing more is sent there, and every link to them is cut. */
function dropContact(turn: SessionTurn, member: MemberId, after: Roster): void {
  const { session } = turn;
  const contact = session.contacts.get(member);
  if (contact === undefined) return;
  closeMedia(turn, contact);
  const removal = after.removals.find((one) => one.member === member);
  notice(turn, {
    kind: removal === undefined ? "left" : "removed",
    member,
    by: removal?.by ?? null,
    reason: cleanText(removal?.reason ?? "", MAX_REASON_CHARACTERS),
  });
  session.contacts.delete(member);
  for (const link of [...session.links.values()]) {
    if (link.stage.name === "channel" && link.stage.member === member) dismiss(turn, link, member);
  }
  announceMembers(turn);
}

/** Announces those for whose names it was waited long enough. */
export function announceNameless(turn: SessionTurn): void {
  const { session } = turn;
  session.notices = session.notices.map((made) =>
    made.wait !== null && made.wait.until <= turn.elapsed ? { ...made, wait: null } : made,
  );
}

interface Told {
  readonly kind: Notice["kind"];
  readonly member: MemberId;
  readonly by: MemberId | null;
  readonly reason: string;
}

/** Shows somebody who was removed the entry that did it, or somebody let in by a removed member what made that void, and closes the link. */
export function dismiss(turn: SessionTurn, link: Link, member: MemberId): void {
  const own = removalsOf(turn.session.log, member);
  const entries = (own.length > 0 ? own : removalsOf(turn.session.log)).slice(0, MAX_ENTRIES_PER_MESSAGE);
  if (entries.length > 0) sendOn(turn, link, { type: "entries", entries });
  closeLink(turn, link);
}

function notice(turn: SessionTurn, told: Told): void {
  const { session } = turn;
  const wait = told.kind === "joined" ? { until: turn.elapsed + NAME_WAIT_MS } : null;
  const made = { ...told, id: toBase64Url(turn.random.bytes(9)), at: turn.now, wait };
  session.notices = [...session.notices, made].slice(-MAX_NOTICES);
}
