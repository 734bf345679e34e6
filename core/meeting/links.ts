import { unreachable } from "../base/errors.ts";
import type { MemberId } from "../contract/parts.ts";
import { openMessage } from "../keys/channel.ts";
import { advanceHandshake, startHandshake, type HandshakeState } from "../keys/handshake.ts";
import type { LinkId, MeshEvent } from "../ports/mesh.ts";
import { decodeChannelMessage } from "../wire/channel-messages.ts";
import { addressGroup } from "./addresses.ts";
import { adopt } from "./contacts.ts";
import { askNext } from "./entry.ts";
import {
  HANDSHAKE_MS,
  HANDSHAKE_WINDOW_MS,
  MAX_HANDSHAKES,
  MAX_HANDSHAKES_AT_ONCE_PER_ADDRESS,
  MAX_HANDSHAKES_PER_ADDRESS,
  MAX_STRANGERS,
  MAX_STRANGERS_PER_ADDRESS,
  STRANGER_MS,
} from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { handleMessage } from "./messages.ts";
import { mayNotKnow } from "./roster.ts";
import type { Link, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

type Opened = Extract<MeshEvent, { type: "link-opened" }>;

/** A link is there: within the limits, the handshake begins; beyond them it is closed without a word. */
export function linkOpened(turn: SessionTurn, event: Opened): void {
  const { session, effects } = turn;
  const inbound = event.direction === "inbound";
  if (session.node === null || (inbound && !mayAnswer(turn, event))) {
    effects.push({ type: "close", link: event.link });
    return;
  }
  const { state, message } = startHandshake({
    role: inbound ? "responder" : "initiator",
    meetingSecret: session.secret,
    meetingId: session.meetingId,
    self: session.node.self,
    peer: event.peer,
    signingKey: session.signingKey,
    random: turn.random,
  });
  session.links.set(event.link, {
    id: event.link,
    peer: event.peer,
    inbound,
    addressGroup: addressGroup(event.remoteAddress),
    openedAt: turn.elapsed,
    stage: { name: "handshake", handshake: state },
    joins: 0,
    early: [],
  });
  if (message !== undefined) effects.push({ type: "send", link: event.link, message });
}

/** Counts what strangers cost: handshakes under way, people not admitted, and tries from one address. */
function mayAnswer(turn: SessionTurn, { peer, remoteAddress }: Opened): boolean {
  const { session } = turn;
  // A member who comes back is not kept out by a crowd of strangers.
  if ([...session.contacts.values()].some((contact) => contact.provenPeer === peer)) return true;
  const group = addressGroup(remoteAddress);
  const links = [...session.links.values()];
  const handshakes = links.filter(({ stage }) => stage.name === "handshake");
  const strangers = links.filter(({ stage }) => stage.name === "channel" && !session.contacts.has(stage.member));
  const fromHere = (among: readonly Link[]): number => among.filter((link) => link.addressGroup === group).length;
  if (handshakes.length >= MAX_HANDSHAKES || fromHere(handshakes) >= MAX_HANDSHAKES_AT_ONCE_PER_ADDRESS) return false;
  if (strangers.length >= MAX_STRANGERS || fromHere(strangers) >= MAX_STRANGERS_PER_ADDRESS) return false;
  return countHandshake(turn, group) <= MAX_HANDSHAKES_PER_ADDRESS;
}

function countHandshake(turn: SessionTurn, group: string): number {
  const { handshakes } = turn.session;
  for (const [known, { from }] of handshakes) {
    if (turn.elapsed - from > HANDSHAKE_WINDOW_MS) handshakes.delete(known);
  }
  const counted = handshakes.get(group) ?? { from: turn.elapsed, begun: 0 };
  const next = { from: counted.from, begun: counted.begun + 1 };
  handshakes.set(group, next);
  return next.begun;
}

/** Bytes from a link: a handshake message, or a sealed message of the pairwise channel. What does not fit ends the link. */
export function linkMessage(turn: SessionTurn, id: LinkId, bytes: Uint8Array): void {
  const link = turn.session.links.get(id);
  if (link === undefined) return;
  const { stage } = link;
  switch (stage.name) {
    case "handshake":
      return advance(turn, link, { handshake: stage.handshake, bytes });
    case "channel": {
      const opened = openMessage(stage.channel, bytes);
      if (!opened.ok) return closeLink(turn, link);
      stage.channel = opened.value.channel;
      const message = decodeChannelMessage(opened.value.plaintext);
      return message.ok ? handleMessage(turn, link, message.value) : closeLink(turn, link);
    }
    default:
      return unreachable(stage);
  }
}

function advance(turn: SessionTurn, link: Link, step: { handshake: HandshakeState; bytes: Uint8Array }): void {
  const advanced = advanceHandshake(step.handshake, step.bytes);
  if (!advanced.ok) return closeLink(turn, link);
  const { state, message, outcome } = advanced.value;
  if (message !== undefined) turn.effects.push({ type: "send", link: link.id, message });
  if (state !== undefined) link.stage = { name: "handshake", handshake: state };
  if (outcome === undefined) return;
  link.stage = { name: "channel", channel: outcome.channel, member: outcome.member };
  channelOpened(turn, link, outcome.member);
}

/** Both ends have proven themselves: a member becomes a contact's link, a guest may ask, a stranger is listened to. */
function channelOpened(turn: SessionTurn, link: Link, member: MemberId): void {
  const { contacts, entry } = turn.session;
  const contact = contacts.get(member);
  if (contact !== undefined) adopt(turn, link, contact);
  else if (entry !== null && entry.stage !== "not-asked") askNext(turn, entry);
}

/** When a link has overstayed if nothing changes; null for a member's. */
function deadline(session: Session, link: Link): number | null {
  if (link.stage.name === "handshake") return link.openedAt + HANDSHAKE_MS;
  const stranger = session.entry === null && !session.contacts.has(link.stage.member);
  if (!stranger) return null;
  // Who has asked for something is not somebody who only does not know of being out.
  const isUnaware = link.joins === 0 && mayNotKnow(session, link.stage.member);
  return link.openedAt + (isUnaware ? HANDSHAKE_MS : STRANGER_MS);
}

/** Closes links whose handshake hangs, and strangers that stayed too long. */
export function expireLinks(turn: SessionTurn): void {
  for (const link of [...turn.session.links.values()]) {
    const at = deadline(turn.session, link);
    if (at !== null && at <= turn.elapsed) closeLink(turn, link);
  }
}

/** When each link will have overstayed, in elapsed ms. */
export function linkDeadlines(session: Session): number[] {
  return [...session.links.values()].flatMap((link) => deadline(session, link) ?? []);
}
