import { MAX_REASON_CHARACTERS } from "../contract/limits.ts";
import type { Admission, MemberId } from "../contract/parts.ts";
import type { Log } from "../membership/log.ts";
import type { Roster } from "../membership/roster.ts";
import { adopt, announceMembers, expectCall, tellContacts } from "./contacts.ts";
import { endInExile, endSession } from "./ending.ts";
import { tellActs } from "./act-notices.ts";
import { forgetFilesOf } from "./files.ts";
import { beginKeys, indicesChanged, rosterKeysChanged, tellRecipients } from "./keys.ts";
import { forgetDoor } from "./knocks.ts";
import { SYNC_MS } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { closeMedia } from "./media.ts";
import { cleanText } from "./names.ts";
import { notice, saidAt } from "./notices.ts";
import { isMember, nameOf, newContact, roster } from "./roster.ts";
import { dismiss, sendMissing } from "./send-entries.ts";
import type { Contact, Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Everything that follows from a new roster: contacts, keys, links, what people are told. */
export function rosterChanged(turn: SessionTurn, was: { readonly log: Log; readonly roster: Roster }): void {
  const { session } = turn;
  const before = was.roster;
  const after = roster(session);
  if (!session.entered) {
    if (after.members.some((member) => member.id === session.self)) becomeMember(turn);
    return;
  }
  const removal = after.removals.find((one) => one.member === session.self);
  if (removal !== undefined) {
    const by = removal.byVote ? "" : nameOf(session, removal.by);
    const at = saidAt(turn, removal.time);
    return endInExile(turn, { by, reason: cleanText(removal.reason, MAX_REASON_CHARACTERS), at }, removal.id);
  }
  if (isNobody(session.self, after)) return endSession(turn, { cause: "refused", by: "", reason: "" });
  const gone = before.members.filter((member) => !after.members.some(({ id }) => id === member.id));
  const added = after.members.filter((member) => !before.members.some(({ id }) => id === member.id));
  // Before anything else: whoever is out gets no frame more, however long the page takes to close the link.
  if (gone.length + added.length > 0) tellRecipients(turn);
  for (const member of gone) dropContact(turn, member.id, after);
  const known = new Set(before.equivocations.map(({ member }) => member));
  tellEquivocations(turn, known);
  for (const { id, admittedBy, admittedAt: signedAt } of added) {
    const back = before.removals.some(({ member }) => member === id);
    notice(turn, { kind: back ? "readmitted" : "joined", member: id, by: admittedBy, reason: "", signedAt });
  }
  tellActs(turn, was.log);
  session.admission = doorOf(after);
  rosterKeysChanged(
    turn,
    gone.map(({ id }) => id),
  );
  indicesChanged(turn, before, after);
  meetContacts(turn, welcome);
}

function tellEquivocations(turn: SessionTurn, known: ReadonlySet<MemberId>): void {
  for (const { member } of roster(turn.session).equivocations) {
    if (!known.has(member)) notice(turn, { kind: "equivocated", member, by: null, reason: "", signedAt: null });
  }
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
  turn.state.ended = null;
  turn.state.exile = null;
  session.startedAt = turn.now;
  for (const { id } of roster(session).members) session.foundHere.add(id);
  session.syncAt = turn.elapsed + SYNC_MS;
  session.admission = doorOf(roster(session));
  beginKeys(turn);
  tellRecipients(turn);
  for (const link of [...session.links.values()]) {
    if (link.stage.name === "channel" && !isMember(session, link.stage.member)) closeLink(turn, link);
  }
  rosterKeysChanged(turn);
  tellEquivocations(turn, new Set());
  meetContacts(turn, adopt);
}

/** A contact for each member, and for each member already on a link the word that makes it one. */
function meetContacts(turn: SessionTurn, greet: typeof adopt): void {
  const { session } = turn;
  for (const { id } of roster(session).members) {
    if (id === session.self || session.contacts.has(id)) continue;
    const contact = newContact(id);
    contact.unreachableSince = turn.elapsed;
    session.contacts.set(id, contact);
    for (const knock of [...session.knocks.values()]) if (knock.member === id) session.knocks.delete(knock.id);
    for (const link of [...session.links.values()]) {
      if (link.stage.name === "channel" && link.stage.member === id) greet(turn, link, contact);
    }
    expectCall(turn, contact);
  }
}

/** Somebody on a link is a member from now on, here or by another's word: it gets the whole log and the way to everybody. */
function welcome(turn: SessionTurn, link: Link, contact: Contact): void {
  adopt(turn, link, contact);
  sendMissing(turn, link, []);
  tellContacts(turn, link, contact.member);
}

/** Somebody is no member any more: nothing more is sent there, and every link to them is cut. */
function dropContact(turn: SessionTurn, member: MemberId, after: Roster): void {
  const { session } = turn;
  const contact = session.contacts.get(member);
  if (contact === undefined) return;
  closeMedia(turn, contact);
  const removal = after.removals.find((one) => one.member === member);
  notice(turn, {
    kind: removal === undefined ? "left" : removal.byVote ? "voted-out" : "removed",
    member,
    by: removal === undefined || removal.byVote ? null : removal.by,
    reason: cleanText(removal?.reason ?? "", MAX_REASON_CHARACTERS),
    signedAt: removal?.time ?? after.departures.find((one) => one.member === member)?.time ?? null,
  });
  forgetFilesOf(turn, member);
  forgetDoor(session.knocks, member);
  session.contacts.delete(member);
  session.foundHere.delete(member);
  for (const link of [...session.links.values()]) {
    if (link.stage.name === "channel" && link.stage.member === member) dismiss(turn, link, member);
  }
  announceMembers(turn);
}
