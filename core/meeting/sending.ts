import type { MemberId } from "../contract/parts.ts";
import { sealMessage } from "../keys/channel.ts";
import { encodeChannelMessage, type ChannelMessage } from "../wire/channel-messages.ts";
import type { Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Seals a message for one link and sends it. Before the handshake there is no channel, after the end no key: nothing is sent then. */
export function sendOn(turn: SessionTurn, link: Link, message: ChannelMessage): void {
  if (link.stage.name !== "channel" || turn.session.links.get(link.id) !== link) return;
  const sealed = sealMessage(link.stage.channel, encodeChannelMessage(message));
  link.stage.channel = sealed.channel;
  turn.effects.push({ type: "send", link: link.id, message: sealed.message });
}

/** Sends to a member on the link in use; false when there is none. */
export function sendTo(turn: SessionTurn, member: MemberId, message: ChannelMessage): boolean {
  const id = turn.session.contacts.get(member)?.link ?? null;
  const link = id === null ? undefined : turn.session.links.get(id);
  if (link === undefined) return false;
  sendOn(turn, link, message);
  return true;
}

/** Sends to every member who has said hello on the link in use, and so takes what only members may say. */
export function sendToGreeted(turn: SessionTurn, message: ChannelMessage): void {
  for (const { member, greeted } of turn.session.contacts.values()) if (greeted) sendTo(turn, member, message);
}

/** Sends to every member there is a channel to. */
export function sendToAll(turn: SessionTurn, message: ChannelMessage, except?: MemberId): void {
  for (const { member, link } of turn.session.contacts.values()) {
    if (link !== null && member !== except) sendTo(turn, member, message);
  }
}
