import { toBase64Url } from "../base/bytes.ts";
import { unreachable } from "../base/errors.ts";
import type { KeyMessage } from "../contract/key-messages.ts";
import type { MemberId } from "../contract/parts.ts";
import { createSenderKeys, receivingEpoch, sendingEpoch, stepSenderKeys } from "../keys/sender-keys.ts";
import type { BaseKey, SenderKeyEffect, SenderKeyEvent } from "../keys/sender-key-types.ts";
import type { Roster } from "../membership/roster.ts";
import { memberOf, roster } from "./roster.ts";
import { sendTo } from "./sending.ts";
import type { Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** The first sending key, made when this person enters. */
export function beginKeys(turn: SessionTurn): void {
  const created = createSenderKeys(contextOf(turn), turn.session.epochsBefore);
  turn.session.senderKeys = created.state;
  carryOut(turn, created.effects);
}

/** Tells the frames worker to whom frames may go: the members that the log now names, and nobody else from this moment. */
export function tellRecipients({ session, effects }: SessionTurn): void {
  const members = roster(session).members.flatMap(({ id }) => (id === session.self ? [] : [id]));
  effects.push({ type: "key", message: { type: "recipients", members } });
}

/** Gives the key schedule the members that the log now names: who is new gets only what comes, who is gone gets nothing more. */
export function rosterKeysChanged(turn: SessionTurn, gone: readonly MemberId[] = []): void {
  const { session } = turn;
  const added = roster(session).members.flatMap(({ id }) => (id === session.self ? [] : [id]));
  feed(turn, { type: "recipients", added, removed: gone });
}

/** Members who are in both rosters under different indices get their keys installed under the new ones. */
export function indicesChanged(turn: SessionTurn, before: Roster, after: Roster): void {
  const old = new Map(before.members.map(({ id, index }) => [id, index]));
  const moved = after.members.flatMap(({ id, index }) => (old.has(id) && old.get(id) !== index ? [id] : []));
  if (moved.length === 0) return;
  const members = moved.filter((id) => id !== turn.session.self);
  feed(turn, { type: "renumbered", self: members.length < moved.length, members });
}

/** A member has a channel again and gets the keys it may hold. */
export function memberReachable(turn: SessionTurn, member: MemberId): void {
  feed(turn, { type: "reachable", member });
}

/** A member's channel is gone: nobody waits for its acknowledgement. */
export function memberUnreachable(turn: SessionTurn, member: MemberId): void {
  feed(turn, { type: "unreachable", member });
}

/** A message of the key schedule from a member. */
export function keyMessageArrived(turn: SessionTurn, member: MemberId, bytes: Uint8Array): void {
  feed(turn, { type: "message", member, bytes });
}

/** The frames worker is new: it gets a sending key that was never used, every receiving key, and to whom frames may go. */
export function reinstallKeys(turn: SessionTurn): void {
  if (turn.session.senderKeys !== null) tellRecipients(turn);
  feed(turn, { type: "worker-started" });
}

/** Lets the key schedule do what is due. */
export function wakeKeys(turn: SessionTurn): void {
  if (turn.session.keysWakeAt !== null && turn.session.keysWakeAt <= turn.elapsed) {
    turn.session.keysWakeAt = null;
    feed(turn, { type: "tick" });
  }
}

/** When the key schedule wants to be woken, in elapsed ms; empty if it need not be. */
export function keysDue({ keysWakeAt }: Session): number[] {
  return keysWakeAt === null ? [] : [keysWakeAt];
}

/** The epoch of the key that this member seals under; 0 before the first. */
export function sendEpoch({ senderKeys }: Session): number {
  return senderKeys === null ? 0 : sendingEpoch(senderKeys);
}

/** The epoch of the newest key held of a member; 0 before the first. */
export function receiveEpoch({ senderKeys }: Session, member: MemberId): number {
  return senderKeys === null ? 0 : receivingEpoch(senderKeys, member);
}

function feed(turn: SessionTurn, event: SenderKeyEvent): void {
  const { senderKeys } = turn.session;
  if (senderKeys === null) return;
  const stepped = stepSenderKeys(senderKeys, event, contextOf(turn));
  turn.session.senderKeys = stepped.state;
  carryOut(turn, stepped.effects);
}

function contextOf(turn: SessionTurn): { now: number; random: SessionTurn["random"] } {
  return { now: turn.elapsed, random: turn.random };
}

function carryOut(turn: SessionTurn, effects: readonly SenderKeyEffect[]): void {
  for (const effect of effects) {
    if (effect.type === "wake") turn.session.keysWakeAt = effect.at;
    else if (effect.type === "deliver") {
      sendTo(turn, effect.to, { type: "key", message: effect.bytes });
      effect.bytes.fill(0);
    } else install(turn, effect);
  }
}

function install(turn: SessionTurn, effect: Exclude<SenderKeyEffect, { type: "wake" | "deliver" }>): void {
  const message = keyMessage(turn.session, effect);
  if (message !== null) turn.effects.push({ type: "key", message });
}

function keyMessage(
  session: Session,
  effect: Exclude<SenderKeyEffect, { type: "wake" | "deliver" }>,
): KeyMessage | null {
  switch (effect.type) {
    case "install-send": {
      const index = memberOf(session, session.self)?.index;
      const baseKey = spend(effect.baseKey);
      return index === undefined ? null : { type: "send-key", index, epoch: effect.epoch, baseKey, use: effect.use };
    }
    case "use-send":
      return { type: "use-send-key", epoch: effect.epoch };
    case "forget-send":
      return { type: "forget-send-key", epoch: effect.epoch };
    case "install-receive": {
      const index = memberOf(session, effect.member)?.index;
      const baseKey = spend(effect.baseKey);
      return index === undefined
        ? null
        : { type: "receive-key", member: effect.member, index, epoch: effect.epoch, baseKey };
    }
    case "forget-receive":
      return { type: "forget-receive-key", member: effect.member, epoch: effect.epoch };
    case "forget-member":
      return { type: "forget-member", member: effect.member };
    default:
      return unreachable(effect);
  }
}

/** The key as the frames worker's port carries it; this copy of its bytes is wiped. */
function spend(key: BaseKey): string {
  const text = toBase64Url(key.reveal());
  key.wipe();
  return text;
}
