import { MAX_PARTICIPANTS } from "../contract/limits.ts";
import type { MemberId } from "../contract/parts.ts";
import { heads, isNamed } from "../membership/log.ts";
import { MAX_HEADS } from "../wire/channel-messages.ts";
import { rosterOf, type Member, type Roster } from "../membership/roster.ts";
import { FULL } from "./budget.ts";
import type { Contact, Session } from "./state.ts";

/**
 * Who is in the meeting. A member who signed in a crowd cannot make us give keys to people whom the screen has no room to list:
 * those beyond `MAX_PARTICIPANTS` are nobody here. Whoever is here already stays: entries signed today can take an early place
 * in the agreed order, and would push out people who came before them.
 */
export function roster(session: Session): Roster {
  const full = rosterOf(session.log);
  if (full.members.length <= MAX_PARTICIPANTS) return full;
  const isHere = ({ id }: Member): boolean => id === session.self || session.contacts.has(id);
  const newest = full.members.filter((member) => !isHere(member));
  const room = MAX_PARTICIPANTS - (full.members.length - newest.length);
  const nobody = new Set(newest.slice(Math.max(0, room)));
  return { ...full, members: full.members.filter((member) => !nobody.has(member)) };
}

/** The log's present heads as messages carry them: where one member left more loose ends than fit, some of them will do. */
export function headsOf(session: Session): Uint8Array[] {
  return heads(session.log).slice(0, MAX_HEADS);
}

/** A member as the roster has it; undefined for anybody else. */
export function memberOf(session: Session, id: MemberId): Member | undefined {
  return roster(session).members.find((member) => member.id === id);
}

/** Whether somebody is in the meeting now. */
export function isMember(session: Session, id: MemberId): boolean {
  return memberOf(session, id) !== undefined;
}

/** Whether somebody was removed from this meeting. */
export function wasRemoved(session: Session, id: MemberId): boolean {
  return roster(session).removals.some((removal) => removal.member === id);
}

/** Whether somebody may still believe to be a member: they were removed, or let in by one who was. */
export function mayNotKnow(session: Session, id: MemberId): boolean {
  return !isMember(session, id) && (wasRemoved(session, id) || isNamed(session.log, id));
}

/** Whether somebody is a member who may do what only moderators may. */
export function isModerator(session: Session, id: MemberId): boolean {
  return memberOf(session, id)?.moderator ?? false;
}

/** The name as last known, one's own or another's; empty before it was told. */
export function nameOf(session: Session, id: MemberId): string {
  return id === session.self ? session.name : (session.names.get(id) ?? "");
}

/** A contact of somebody whom the log has just admitted: nothing is known yet but the key. */
export function newContact(member: MemberId): Contact {
  return {
    member,
    link: null,
    greeted: false,
    unreachableSince: null,
    away: false,
    silent: false,
    greetedAt: 0,
    lastWordAt: 0,
    peer: null,
    provenPeer: null,
    addresses: [],
    media: { microphone: false, camera: false, screen: false },
    generation: 0,
    generationsBefore: 0,
    mediaState: "connecting",
    mediaPath: "none",
    mediaWindow: { from: 0, built: 0 },
    mediaRenewAt: null,
    redialAt: null,
    redialPause: 0,
    outbox: [],
    hand: 0,
    reaction: null,
    messages: FULL,
    entries: FULL,
    chats: FULL,
    handBudget: FULL,
    reactionBudget: FULL,
    files: FULL,
    asks: FULL,
    recordNames: FULL,
  };
}
