import type { MemberId } from "../base/member-id.ts";
import { unreachable } from "../base/errors.ts";
import { freshBaseKey } from "./base-key.ts";
import { decodeKeyMessage } from "./key-message.ts";
import {
  forgetMember,
  installHeld,
  keyReceived,
  ratchetReceived,
  receivingDeadlines,
  senderHasNewChannel,
  tickReceiving,
} from "./receiving-keys.ts";
import { type Draft, draftOf, type SenderKeys } from "./sender-key-state.ts";
import type { SenderKeyContext, SenderKeyEffect, SenderKeyEvent } from "./sender-key-types.ts";
import {
  acknowledged,
  changeRecipients,
  installCurrent,
  keyWanted,
  recipientReachable,
  recipientUnreachable,
  renew,
  restartSending,
  sendingDeadlines,
  tickSending,
} from "./sending-keys.ts";

export type { SenderKeys } from "./sender-key-state.ts";
export type { SenderKeyContext, SenderKeyEffect, SenderKeyEvent } from "./sender-key-types.ts";

export interface SenderKeyStep {
  readonly state: SenderKeys;
  readonly effects: readonly SenderKeyEffect[];
}

/** The keys of a member who is alone: the epoch after those that are used up, so usually 1, in use at once. */
export function createSenderKeys(context: SenderKeyContext, epochsBefore = 0): SenderKeyStep {
  const epoch = epochsBefore + 1;
  const state: SenderKeys = {
    lastEpoch: epoch,
    current: { epoch, key: freshBaseKey(context.random) },
    pending: null,
    retired: [],
    freshAt: context.now,
    recipients: new Map(),
    reachable: new Set(),
    received: new Map(),
    wakeAt: 0,
  };
  const draft = draftOf(state, context);
  installCurrent(draft);
  return finish(draft, state.wakeAt);
}

/** One step of the schedule. The state given is spent. */
export function stepSenderKeys(state: SenderKeys, event: SenderKeyEvent, context: SenderKeyContext): SenderKeyStep {
  const draft = draftOf(state, context);
  apply(draft, event);
  return finish(draft, state.wakeAt);
}

function apply(draft: Draft, event: SenderKeyEvent): void {
  switch (event.type) {
    case "recipients":
      return recipientsChanged(draft, event.added, event.removed);
    case "renumbered":
      for (const member of event.members) installHeld(draft, member);
      if (event.self) renew(draft);
      return;
    case "reachable":
      draft.reachable.add(event.member);
      senderHasNewChannel(draft, event.member);
      return recipientReachable(draft, event.member);
    case "unreachable":
      draft.reachable.delete(event.member);
      if (!draft.recipients.has(event.member)) forgetMember(draft, event.member);
      return recipientUnreachable(draft, event.member);
    case "message":
      return messageReceived(draft, event.member, event.bytes);
    case "tick":
      tickSending(draft);
      return tickReceiving(draft);
    case "worker-started":
      restartSending(draft);
      for (const member of draft.recipients.keys()) installHeld(draft, member);
      return;
    default:
      return unreachable(event);
  }
}

function recipientsChanged(draft: Draft, added: readonly MemberId[], removed: readonly MemberId[]): void {
  const gone = removed.filter((member) => draft.recipients.has(member));
  const come = added.filter((member) => !draft.recipients.has(member));
  changeRecipients(draft, added, removed);
  for (const member of gone) forgetMember(draft, member);
  for (const member of come) installHeld(draft, member);
}

function messageReceived(draft: Draft, member: MemberId, bytes: Uint8Array): void {
  const message = decodeKeyMessage(bytes);
  if (message === null || !draft.reachable.has(member)) return;
  switch (message.type) {
    case "key":
      return keyReceived(draft, member, message);
    case "ratchet":
      return ratchetReceived(draft, member, message.epoch);
    case "ack":
      return acknowledged(draft, member, message.epoch);
    case "want-key":
      return keyWanted(draft, member, message.epoch);
    default:
      return unreachable(message);
  }
}

function finish(draft: Draft, announced: number): SenderKeyStep {
  const wakeAt = Math.min(...sendingDeadlines(draft), ...receivingDeadlines(draft));
  if (wakeAt !== announced) draft.effects.push({ type: "wake", at: wakeAt });
  const { lastEpoch, current, pending, retired, freshAt, recipients, reachable, received } = draft;
  const state = { lastEpoch, current, pending, retired, freshAt, recipients, reachable, received, wakeAt };
  return { state, effects: draft.effects };
}

/** The epoch this member seals under, for showing. */
export function sendingEpoch(state: SenderKeys): number {
  return state.current.epoch;
}

/** The highest epoch that a key was ever made for. */
export function lastEpoch(state: SenderKeys): number {
  return state.lastEpoch;
}

/** The newest epoch held of a member's keys, 0 if none, for showing. */
export function receivingEpoch(state: SenderKeys, member: MemberId): number {
  return Math.max(0, ...(state.received.get(member)?.keys.keys() ?? []));
}

/** Wipes every key. The state must not be used any more. Safe to call twice. */
export function wipeSenderKeys(state: SenderKeys): void {
  state.current.key.wipe();
  state.pending?.key.wipe();
  for (const known of state.received.values()) for (const { key } of known.keys.values()) key.wipe();
}
