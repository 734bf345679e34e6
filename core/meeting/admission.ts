import { memberIdOf, memberKeyOf } from "../base/member-id.ts";
import type { MemberId } from "../contract/parts.ts";
import type { ProblemCode } from "../contract/problems.ts";
import { checkAdmissionRequest } from "../membership/admission.ts";
import { checkCapability } from "../membership/check-capability.ts";
import { lowestFreeIndex } from "../membership/roster.ts";
import { isCrowding } from "./crowd.ts";
import { type Door, hasPlace, type Knock, waitAt } from "./knocks.ts";
import { MAX_JOINS_PER_LINK } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { write } from "./log.ts";
import { cleanRefusal, cleanText } from "./names.ts";
import { isModerator, roster, wasRemoved } from "./roster.ts";
import { sendOn, sendTo } from "./sending.ts";
import type { Link, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

interface Applied {
  readonly request: Uint8Array;
  readonly capability: Uint8Array;
}

/** Somebody at the door of this client asks to be let in. */
export function joinAsked(turn: SessionTurn, link: Link, applied: Applied): void {
  link.joins++;
  if (link.joins > MAX_JOINS_PER_LINK || link.stage.name !== "channel") return closeLink(turn, link);
  const checked = check(turn, applied);
  if ("refusal" in checked) return refuseLink(turn, link, { code: checked.refusal, reason: "" });
  // The request must be of the very key that the handshake proved, or somebody else's could be replayed.
  if (checked.member !== link.stage.member) return closeLink(turn, link);
  if (comesInUnasked(turn, checked.capabilityId)) return admit(turn, applied);
  sendOn(turn, link, { type: "waiting" });
  if (mayAnswer(turn.session, turn.session.self)) addKnock(turn, { ...applied, ...checked }, { link: link.id });
  for (const member of roster(turn.session).members) {
    if (mayAnswer(turn.session, member.id)) sendTo(turn, member.id, { type: "knock", ...applied });
  }
}

/** Another member passes on a knock at its door. */
export function knockPassedOn(turn: SessionTurn, of: MemberId, applied: Applied): void {
  const checked = check(turn, applied);
  if ("refusal" in checked || !mayAnswer(turn.session, turn.session.self)) return;
  addKnock(turn, { ...applied, ...checked }, { of });
}

/** Whether the invite is enough. A crowd by one invite is let in one by one, by any member, however open the meeting is. */
function comesInUnasked({ session, now }: SessionTurn, capabilityId: string): boolean {
  return session.admission === "invite" && !isCrowding(roster(session).members, { capabilityId, now });
}

interface Checked {
  readonly member: MemberId;
  readonly label: string;
  readonly capabilityId: string;
}

function check(turn: SessionTurn, applied: Applied): Checked | { readonly refusal: ProblemCode } {
  const { session } = turn;
  const request = checkAdmissionRequest(applied.request, session.meetingId);
  if (!request.ok) return { refusal: "invite-not-an-invite" };
  const now = roster(session);
  const { member } = request.value;
  if (wasRemoved(session, member)) return { refusal: "admission-refused" };
  if (now.locked) return { refusal: "meeting-locked" };
  if (now.members.length >= turn.state.maxMembers) return { refusal: "meeting-full" };
  const capability = checkCapability(applied.capability, { roster: now, now: turn.now, meetingId: session.meetingId });
  if (!capability.ok) return { refusal: capability.error.code };
  const { id, label } = capability.value;
  return { member, label: cleanText(label, 100), capabilityId: id };
}

/** Who may let in those who knock. */
function mayAnswer(session: Session, member: MemberId): boolean {
  return session.admission !== "knock-moderator" || isModerator(session, member);
}

function addKnock({ session, now }: SessionTurn, asked: Applied & Checked, door: Door): void {
  const known = [...session.knocks.values()].find((knock) => knock.member === asked.member);
  if (known !== undefined) return waitAt(known, door);
  if (!hasPlace(session.knocks, door)) return;
  const knock: Knock = { ...asked, id: ++session.knockCount, at: now, link: null, doors: new Set() };
  waitAt(knock, door);
  session.knocks.set(knock.id, knock);
}

/** The person lets in somebody who knocked. */
export function admitKnock(turn: SessionTurn, id: number): void {
  const knock = turn.session.knocks.get(id);
  if (knock === undefined) return;
  turn.session.knocks.delete(id);
  admit(turn, knock);
}

function admit(turn: SessionTurn, applied: Applied): void {
  const index = lowestFreeIndex(roster(turn.session));
  write(turn, { type: "admit", request: applied.request, index, capability: applied.capability });
}

/** The person turns away somebody who knocked; whoever has the link to the newcomer passes the answer on. */
export function refuseKnock(turn: SessionTurn, id: number, typed: string): void {
  const knock = turn.session.knocks.get(id);
  if (knock === undefined) return;
  const reason = cleanRefusal(typed);
  const answer = { type: "knock-refused", member: memberKeyOf(knock.member), reason } as const;
  for (const contact of turn.session.contacts.values()) sendTo(turn, contact.member, answer);
  knockRefused(turn, knock.member, reason);
}

/** Somebody who may answer has said no. */
export function refusalPassedOn(
  turn: SessionTurn,
  from: MemberId,
  refused: { member: Uint8Array; reason: string },
): void {
  if (mayAnswer(turn.session, from)) knockRefused(turn, memberIdOf(refused.member), cleanRefusal(refused.reason));
}

function knockRefused(turn: SessionTurn, member: MemberId, reason: string): void {
  const { session } = turn;
  for (const knock of [...session.knocks.values()]) if (knock.member === member) session.knocks.delete(knock.id);
  for (const link of [...session.links.values()]) {
    if (link.stage.name === "channel" && link.stage.member === member && !session.contacts.has(member)) {
      refuseLink(turn, link, { code: "admission-refused", reason });
    }
  }
}

function refuseLink(turn: SessionTurn, link: Link, why: { code: ProblemCode; reason: string }): void {
  sendOn(turn, link, { type: "refused", ...why });
}
