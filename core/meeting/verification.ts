import type { MemberId } from "../contract/parts.ts";
import type { Participant, ScreenOf } from "../contract/snapshots.ts";
import { meetingCode, safetyNumber } from "../membership/meeting-code.ts";
import { comparable } from "./names.ts";
import { carryMark, personaOf, verifiedAsContact } from "./personas.ts";
import { memberOf, nameOf } from "./roster.ts";
import type { MeetingState, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Works out the number that this person and a member share. Only when asked for: each costs thousands of hashes. */
export function showSafetyNumber({ session }: SessionTurn, member: MemberId): void {
  if (member === session.self || memberOf(session, member) === undefined || session.safetyNumbers.has(member)) return;
  session.safetyNumbers.set(member, safetyNumber(session.self, member));
}

/** The person has compared the safety number, or takes that back. The mark holds for the key and for the name it had then. */
export function setVerified(turn: SessionTurn, { member, verified }: { member: MemberId; verified: boolean }): void {
  const { session } = turn;
  if (verified && !session.safetyNumbers.has(member)) return;
  if (verified) session.verified.set(member, nameOf(session, member));
  else session.verified.delete(member);
  carryMark(turn, member, verified);
}

/** How far the person may trust that a member is who the name says. */
export function trustIn(
  state: MeetingState,
  session: Session,
  member: MemberId,
): Pick<Participant, "safetyNumber" | "verifiedAs" | "namesake" | "persona"> {
  const verifiedAs = verifiedName(state, session, member);
  return {
    safetyNumber: session.safetyNumbers.get(member) ?? null,
    verifiedAs,
    namesake: verifiedAs === null && member !== session.self && isNamesake(state, session, member),
    persona: personaOf(state, session, member),
  };
}

/** The name under which a member was verified: in this meeting, or as a contact in an earlier one. */
function verifiedName(state: MeetingState, session: Session, member: MemberId): string | null {
  return session.verified.get(member) ?? verifiedAsContact(state, session, member);
}

/** Whether somebody whom the person did not verify bears the name of one whom they did, be that one still here or gone. */
function isNamesake(state: MeetingState, session: Session, member: MemberId): boolean {
  const name = comparable(nameOf(session, member));
  const known = new Set([...session.verified.keys(), ...session.personas.keys()]);
  const verified = [...known].map((one) => verifiedName(state, session, one) ?? "");
  return name !== "" && verified.some((one) => comparable(one) === name);
}

/** Whether the meeting code that the person compared is still the one of this meeting. */
export function codeCompared(session: Session): ScreenOf<"call">["codeCompared"] {
  if (session.comparedCode === null) return "no";
  return session.comparedCode === meetingCode(session.log) ? "yes" : "changed";
}
