import type { MemberId } from "../contract/parts.ts";
import { MAX_ADDRESSES, type ChannelMessage } from "../wire/channel-messages.ts";
import type { Address, PeerId } from "../ports/mesh.ts";
import { groupByPeer, peerOf } from "./addresses.ts";
import { resendOutbox } from "./chat.ts";
import { resumeFiles } from "./files.ts";
import { tellHand } from "./hands.ts";
import { memberReachable } from "./keys.ts";
import { EXPECTED_CALL_MS, REDIAL_FIRST_MS, REDIAL_LONGEST_MS, REDIAL_MISSED_MS, SIMULTANEOUS_MS } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { isMediaKept, mediaAfterHello } from "./media.ts";
import { fromMediaBits, toMediaBits } from "./media-bits.ts";
import { cleanName } from "./names.ts";
import { showPersona } from "./personas.ts";
import { tellRecordName } from "./records.ts";
import { sendOn, sendToAll } from "./sending.ts";
import type { Contact, Link, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";
import { headsOf, roster } from "./roster.ts";

/** Contacts in one message: with eight addresses of the longest each, they fit. */
const CONTACTS_PER_MESSAGE = 32;

type Hello = Extract<ChannelMessage, { type: "hello" }>;
type Profile = Extract<ChannelMessage, { type: "profile" }>;

/**
 * Makes a link the one in use to a member, unless a better one is; both sides choose the same. Then says hello on it, and right behind
 * it gives the keys that this member may hold: the channel has proven who it is, and waiting for its hello would only take time.
 */
export function adopt(turn: SessionTurn, link: Link, contact: Contact): void {
  const { session } = turn;
  const present = contact.link === null ? undefined : session.links.get(contact.link);
  if (present !== undefined && present !== link) {
    if (!prefers(session, link, present)) return closeLink(turn, link);
    contact.link = link.id;
    // The side that dialled both closes the older one: only it knows which that is.
    if (!present.inbound || !link.inbound) closeLink(turn, present);
  }
  contact.link = link.id;
  contact.greeted = false;
  contact.unreachableSince ??= turn.elapsed;
  contact.peer = link.peer;
  contact.provenPeer = link.peer;
  contact.redialAt = null;
  contact.redialPause = REDIAL_FIRST_MS;
  announceMembers(turn);
  sendOn(turn, link, hello(session, contact));
  memberReachable(turn, contact.member);
}

/** Of two links that came of both dialling at once, the one that the smaller peer id dialled stays; else the newer. */
function prefers(session: Session, link: Link, present: Link): boolean {
  const fromBothSides = link.inbound !== present.inbound;
  if (!fromBothSides || Math.abs(link.openedAt - present.openedAt) > SIMULTANEOUS_MS) return true;
  const own = session.node?.self ?? "";
  const dialledBySmaller = own < link.peer ? !link.inbound : link.inbound;
  return dialledBySmaller;
}

function hello(session: Session, contact: Contact): Hello {
  return {
    type: "hello",
    name: session.name,
    media: toMediaBits(session.media),
    addresses: (session.node?.addresses ?? []).slice(0, MAX_ADDRESSES),
    heads: headsOf(session),
    generation: isMediaKept(contact, !contact.greeted) ? contact.generation : 0,
  };
}

/** The other end's first word: from now on it gets media and what was said meanwhile. */
export function greeted(turn: SessionTurn, contact: Contact, said: Hello): void {
  const { session } = turn;
  profileArrived(session, contact, said);
  const fresh = !contact.greeted;
  if (fresh) contact.greetedAt = turn.elapsed;
  contact.greeted = true;
  contact.silent = false;
  contact.unreachableSince = null;
  contact.away = false;
  learnAddresses(contact, said.addresses);
  mediaAfterHello(turn, contact, { theirs: said.generation, fresh });
  resendOutbox(turn, contact);
  resumeFiles(turn, contact);
  showPersona(turn, contact);
  tellRecordName(turn, contact);
  tellHand(turn, contact);
}

/** A member has said what it is called and what it sends. */
export function profileArrived(session: Session, contact: Contact, said: Profile | Hello): void {
  session.names.set(contact.member, cleanName(said.name));
  contact.media = fromMediaBits(said.media);
}

/** Own name, or what one sends, has changed. */
export function tellProfile(turn: SessionTurn): void {
  const { name, media } = turn.session;
  sendToAll(turn, { type: "profile", name, media: toMediaBits(media) });
}

/** Own addresses have changed: members hear of it, for the day this link breaks. */
export function tellAddresses(turn: SessionTurn): void {
  const { session } = turn;
  for (const contact of session.contacts.values()) {
    const link = contact.link === null ? undefined : session.links.get(contact.link);
    if (link !== undefined) sendOn(turn, link, hello(session, contact));
  }
}

/** Tells one member on a link where all the others are. */
export function tellContacts(turn: SessionTurn, link: Link, except: MemberId): void {
  const known = knownContacts(turn, except);
  for (let first = 0; first < known.length; first += CONTACTS_PER_MESSAGE) {
    sendOn(turn, link, { type: "contacts", contacts: known.slice(first, first + CONTACTS_PER_MESSAGE) });
  }
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

/** Where others say that a member can be reached; believed only as far as dialling it, where it must prove who it is. */
export function learnAddresses(contact: Contact, told: readonly Address[]): void {
  const [first] = groupByPeer(told);
  if (first === undefined) return;
  const [peer, addresses] = first;
  if (contact.link !== null && contact.peer !== peer) return;
  contact.peer = peer;
  contact.addresses = addresses;
}

/** What the member said itself comes first; others can only add ways to the same peer. */
function ownAndTold({ provenPeer, addresses }: Contact, told: readonly Address[]): readonly Address[] {
  return [...addresses, ...told].filter((address) => peerOf(address) === provenPeer);
}

/**
 * Somebody else's news of where members are, for those this client has no link to. Of a member who was here before it is believed
 * only for the peer that has proven itself: nobody can lead others away from somebody by naming another place.
 */
export function contactsTold(turn: SessionTurn, told: readonly (readonly [MemberId, readonly Address[]])[]): void {
  for (const [member, addresses] of told) {
    const contact = turn.session.contacts.get(member);
    if (contact === undefined || (contact.link !== null && contact.addresses.length > 0)) continue;
    learnAddresses(contact, contact.provenPeer === null ? addresses : ownAndTold(contact, addresses));
    if (contact.link === null) contact.redialAt ??= turn.elapsed;
  }
  redial(turn);
}

/**
 * A member that is new here. Of two members the one admitted later dials, as soon as it is told where the other is;
 * the earlier one gives it time to, and dials itself if no call comes.
 */
export function expectCall(turn: SessionTurn, contact: Contact): void {
  if (contact.link !== null) return;
  const { members } = roster(turn.session);
  const placeOf = (member: MemberId): number => members.findIndex(({ id }) => id === member);
  if (placeOf(contact.member) > placeOf(turn.session.self)) contact.redialAt ??= turn.elapsed + EXPECTED_CALL_MS;
}

/** Whether a link with this peer is in its handshake. */
function isBeginning({ links }: Session, peer: PeerId): boolean {
  return [...links.values()].some((link) => link.peer === peer && link.stage.name !== "channel");
}

/** Dials members that are out of reach and due, with growing pauses. */
export function redial(turn: SessionTurn): void {
  for (const contact of turn.session.contacts.values()) {
    if (contact.link !== null || contact.redialAt === null || contact.redialAt > turn.elapsed) continue;
    // Without an address there is nothing to try until somebody tells one.
    contact.redialAt = null;
    if (contact.peer === null || contact.addresses.length === 0) continue;
    const longest = contact.away ? REDIAL_LONGEST_MS : REDIAL_MISSED_MS;
    contact.redialPause = Math.min(Math.max(contact.redialPause * 2, REDIAL_FIRST_MS), longest);
    contact.redialAt = turn.elapsed + contact.redialPause;
    // One that has just been opened by either side may yet be the one: another beside it would only cost both more.
    if (isBeginning(turn.session, contact.peer)) continue;
    turn.effects.push({ type: "dial", peer: contact.peer, addresses: contact.addresses });
  }
}

/** Tells the mesh whom to trust with gossip and passing on: peers that have proven to be members, not what others say of them. */
export function announceMembers(turn: SessionTurn): void {
  const peers = [...turn.session.contacts.values()].flatMap((contact) => contact.provenPeer ?? []);
  turn.effects.push({ type: "set-members", peers: [...new Set<PeerId>(peers)] });
}
