import { toBase64Url } from "../base/bytes.ts";
import { unreachable } from "../base/errors.ts";
import type { MemberId } from "../contract/parts.ts";
import type { RecordCommand } from "../contract/record.ts";
import { createRecord } from "../membership/record.ts";
import { createRecordName, readRecordName } from "../membership/record-name.ts";
import { spend } from "./budget.ts";
import { RECORD_NAMES } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { cleanName } from "./names.ts";
import { nameOf } from "./roster.ts";
import { sendTo } from "./sending.ts";
import type { Contact, Link, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** What replaces a statement that is taken back. */
const TAKEN_BACK = new Uint8Array();

/** Carries out what the person wants of records: whether to be named in them, and one of this moment. */
export function applyRecordCommand(turn: SessionTurn, command: RecordCommand): void {
  switch (command.type) {
    case "name-in-records":
      return agree(turn, command.allowed);
    case "export-record":
      return exportRecord(turn);
    case "take-record":
      turn.session.record = null;
      return;
    default:
      return unreachable(command);
  }
}

function agree(turn: SessionTurn, allowed: boolean): void {
  const { session } = turn;
  if (allowed === mayBeNamed(session, session.self)) return;
  const { meetingId, signingKey: key, name } = session;
  session.recordName = allowed ? createRecordName({ meetingId, key, name }) : TAKEN_BACK;
  // Whoever has not said hello yet hears of it right after.
  for (const contact of session.contacts.values()) if (contact.greeted) tellRecordName(turn, contact);
}

/** Tells a member who has said hello on the link in use what this person said last; nothing before any word. */
export function tellRecordName(turn: SessionTurn, { member }: Contact): void {
  const { recordName } = turn.session;
  if (recordName !== null) sendTo(turn, member, { type: "record-name", statement: recordName });
}

/**
 * A member says whether its name may stand in records, over its own channel; its latest word counts. What it has not signed itself
 * for this meeting ends the link. Beyond the budget no statement is read, and none holds.
 */
export function recordNameArrived(
  turn: SessionTurn,
  { link, contact }: { link: Link; contact: Contact },
  statement: Uint8Array,
): void {
  const { meetingId, recordNames } = turn.session;
  const { member } = contact;
  // On a link that was replaced an older word can come after a newer one; on the new one it is said again after the hello.
  if (contact.link !== link.id) return;
  recordNames.delete(member);
  if (statement.length === 0) return;
  const spent = spend(contact.recordNames, RECORD_NAMES, { elapsed: turn.elapsed, wanted: 1 });
  contact.recordNames = spent.budget;
  if (spent.granted === 0) return;
  const read = readRecordName(statement, meetingId);
  if (!read.ok || read.value.member !== member) return closeLink(turn, link);
  recordNames.set(member, { name: cleanName(read.value.name), statement });
}

/** Whether a member's name may stand in records, in the very form in which it is known here: nobody slips in another. */
export function mayBeNamed(session: Session, member: MemberId): boolean {
  if (member === session.self) return (session.recordName ?? TAKEN_BACK).length > 0;
  const agreed = session.recordNames.get(member);
  return agreed !== undefined && agreed.name !== "" && agreed.name === nameOf(session, member);
}

/** A record of this moment for the page to save: the log, signed by this member, with the names of those who agreed. */
function exportRecord(turn: SessionTurn): void {
  const { session, state, now } = turn;
  const made = createRecord({ log: session.log, key: session.signingKey, time: now, names: agreedNames(session) });
  if (made.ok) session.record = toBase64Url(made.value);
  else state.problem = made.error.code;
}

function agreedNames(session: Session): readonly Uint8Array[] {
  const { self, recordName, recordNames } = session;
  const others = [...recordNames].filter(([member]) => mayBeNamed(session, member));
  const own = recordName !== null && mayBeNamed(session, self) ? [recordName] : [];
  return [...own, ...others.map(([, { statement }]) => statement)];
}
