import { MAX_TIMESTAMP } from "../contract/limits.ts";
import type { ChatReference, MemberId } from "../contract/parts.ts";
import type { ChatMessage, Notice, Participant, Snapshot, View } from "../contract/snapshots.ts";
import { meetingCode } from "../membership/meeting-code.ts";
import type { Member } from "../membership/roster.ts";
import { filesOf } from "./file-views.ts";
import { handsInOrder } from "./hands.ts";
import { inviteView } from "./invites.ts";
import { receiveEpoch, sendEpoch } from "./keys.ts";
import { identityView } from "./personas.ts";
import { mayBeNamed } from "./records.ts";
import { nameOf, roster } from "./roster.ts";
import { rulesOf } from "./rules.ts";
import { codeCompared, trustIn } from "./verification.ts";
import type { Entry, MeetingState, Session } from "./state.ts";

/** What the page shows of a state. Nothing secret and no address is in it. */
export function project(state: MeetingState): Omit<Snapshot, "revision"> {
  return { view: view(state), problem: state.problem, settings: state.settings, identity: identityView(state) };
}

function view(state: MeetingState): View {
  const { session, ended, externalInvite } = state;
  if (session === null) return ended ?? { screen: "home", invite: externalInvite };
  // Somebody removed stays on the last screen while their appeal is on its way.
  if (!session.entered && ended !== null) return ended;
  return session.entered ? call(state, session) : lobby(session);
}

function lobby(session: Session): View {
  const { entry } = session;
  return {
    screen: "lobby",
    role: session.role,
    admission: session.admission,
    reach: entry === null ? "reached" : reach(session, entry),
    entry: entry?.stage ?? "not-asked",
  };
}

function reach(session: Session, entry: Entry): "connecting" | "reached" | "unreachable" {
  if ([...session.links.values()].some((link) => link.stage.name === "channel")) return "reached";
  return entry.unreachableAt === null ? "unreachable" : "connecting";
}

function call(state: MeetingState, session: Session): View {
  const { members } = roster(session);
  const hands = handsInOrder(session);
  return {
    screen: "call",
    self: session.self,
    meetingCode: meetingCode(session.log),
    codeCompared: codeCompared(session),
    startedAt: session.startedAt,
    admission: session.admission,
    rules: rulesOf(session),
    participants: members.map((member) => ({
      ...participant(state, session, member),
      hand: hands.indexOf(member.id) + 1,
      reaction: reactionOf(session, member.id),
    })),
    knocks: [...session.knocks.values()].map(({ id, label, at }) => ({ knock: id, label, at })),
    invite: inviteView(session),
    chat: chat(session),
    files: filesOf(session),
    notices: notices(session),
    acts: session.acts,
    record: session.record,
  };
}

/** A message that answers one which is not here answers nothing: it may have been said before this person came, or never. */
function chat(session: Session): ChatMessage[] {
  const key = ({ from, id }: ChatReference): string => `${from} ${id}`;
  const said = new Set(session.chat.map(key));
  return session.chat.map((message) => ({
    ...message,
    name: nameOf(session, message.from),
    reply: message.reply !== null && said.has(key(message.reply)) ? message.reply : null,
  }));
}

/** A newcomer is announced when the name has come, or when it has been waited for: who gives none does not come in unseen. */
function notices(session: Session): Notice[] {
  return session.notices
    .filter(({ kind, member, wait }) => kind !== "joined" || wait === null || nameOf(session, member) !== "")
    .map(({ wait: _wait, ...notice }) => ({
      ...notice,
      name: nameOf(session, notice.member),
      byName: notice.by === null ? "" : nameOf(session, notice.by),
    }));
}

function reactionOf(session: Session, member: MemberId): Participant["reaction"] {
  const { reaction } = member === session.self ? session : (session.contacts.get(member) ?? { reaction: null });
  return reaction === null ? null : { id: reaction.id, kind: reaction.kind };
}

type Standing = Omit<Participant, "hand" | "reaction">;

function participant(state: MeetingState, session: Session, member: Member): Standing {
  const { id } = member;
  const joinedAt = Math.min(member.admittedAt, MAX_TIMESTAMP);
  const newcomer = id !== session.self && !session.foundHere.has(id);
  const trust = trustIn(state, session, id);
  const inRecords = mayBeNamed(session, id);
  const shared = { id, moderator: member.moderator, newcomer, joinedAt, ...trust, inRecords };
  const contact = session.contacts.get(id);
  if (contact === undefined) {
    const own = { name: session.name, self: true, media: session.media, reachable: true, away: false } as const;
    return { ...shared, ...own, link: "connected", path: "none", epoch: sendEpoch(session) };
  }
  return {
    ...shared,
    name: nameOf(session, id),
    self: false,
    media: contact.media,
    reachable: contact.greeted,
    away: contact.away,
    link: contact.mediaState,
    path: contact.mediaPath,
    epoch: receiveEpoch(session, id),
  };
}
