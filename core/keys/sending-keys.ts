import type { MemberId } from "../base/member-id.ts";
import { VigilError } from "../base/errors.ts";
import { freshBaseKey, ratchetBaseKey } from "./base-key.ts";
import { encodeKeyMessage, MAX_EPOCH } from "./key-message.ts";
import type { Draft } from "./sender-key-state.ts";
import { type BaseKey, RENEW_MS, SEND_GRACE_MS, SWITCH_MS } from "./sender-key-types.ts";

/** The roster changed: somebody gone makes a random key, somebody new alone a derived one; one key for all changes of one event. */
export function changeRecipients(draft: Draft, added: readonly MemberId[], removed: readonly MemberId[]): void {
  const gone = removed.filter((member) => draft.recipients.delete(member));
  for (const member of gone) draft.reachable.delete(member);
  const come = added.filter((member) => !draft.recipients.has(member));
  if (gone.length === 0 && come.length === 0) return;
  // A pending key is unused: nothing was said under it before the newcomer came.
  const join = gone.length === 0 && draft.pending !== null;
  const entitledFrom = join ? draft.lastEpoch : draft.lastEpoch + 1;
  for (const member of come) draft.recipients.set(member, { entitledFrom, sent: 0 });
  if (join) for (const member of come) offerPending(draft, member);
  else prepare(draft, gone.length > 0);
}

/** Makes the key of the next epoch and hands it to everybody reachable. One that was pending is thrown away unused. */
function prepare(draft: Draft, fresh: boolean): void {
  const { current, pending } = draft;
  const epoch = nextEpoch(draft);
  const key = fresh ? freshBaseKey(draft.random) : ratchetBaseKey(current.key, epoch);
  const latest = draft.now + SWITCH_MS;
  // What a removal has asked for is not put off by the next one.
  const deadline = pending?.fresh === true ? Math.min(pending.deadline, latest) : latest;
  discardPending(draft);
  if (fresh) draft.freshAt = draft.now;
  draft.pending = { epoch, key, fresh, deadline, awaiting: new Set() };
  draft.effects.push({ type: "install-send", epoch, baseKey: key.copy(), use: false });
  const holders = [...draft.reachable].filter((member) => holdsCurrent(draft, member));
  for (const member of draft.reachable) offerPending(draft, member);
  // Nobody could open the old key's frames, so nobody misses anything.
  if (holders.length === 0) switchKeys(draft);
}

function nextEpoch(draft: Draft): number {
  if (draft.lastEpoch >= MAX_EPOCH) throw new VigilError("epochs-exhausted", "defect");
  return ++draft.lastEpoch;
}

function holdsCurrent(draft: Draft, member: MemberId): boolean {
  return (draft.recipients.get(member)?.sent ?? 0) >= draft.current.epoch;
}

function offerPending(draft: Draft, member: MemberId): void {
  const { pending, current } = draft;
  const recipient = draft.recipients.get(member);
  if (pending === null || recipient === undefined || !draft.reachable.has(member)) return;
  const derivable = !pending.fresh && recipient.sent === current.epoch;
  if (derivable) deliverEpoch(draft, member, pending.epoch);
  else deliverKey(draft, member, pending);
  draft.pending = { ...pending, awaiting: new Set(pending.awaiting).add(member) };
}

function deliverEpoch(draft: Draft, member: MemberId, epoch: number): void {
  markSent(draft, member, epoch);
  draft.effects.push({ type: "deliver", to: member, bytes: encodeKeyMessage({ type: "ratchet", epoch }) });
}

function deliverKey(draft: Draft, member: MemberId, { epoch, key }: { epoch: number; key: BaseKey }): void {
  markSent(draft, member, epoch);
  const bytes = encodeKeyMessage({ type: "key", epoch, baseKey: key.reveal() });
  draft.effects.push({ type: "deliver", to: member, bytes });
}

function markSent(draft: Draft, member: MemberId, sent: number): void {
  const recipient = draft.recipients.get(member);
  if (recipient !== undefined) draft.recipients.set(member, { ...recipient, sent });
}

function discardPending(draft: Draft): void {
  if (draft.pending === null) return;
  draft.pending.key.wipe();
  draft.effects.push({ type: "forget-send", epoch: draft.pending.epoch });
  draft.pending = null;
}

function switchKeys(draft: Draft): void {
  const { pending, current } = draft;
  if (pending === null) return;
  current.key.wipe();
  draft.retired = [...draft.retired, { epoch: current.epoch, forgetAt: draft.now + SEND_GRACE_MS }];
  draft.current = { epoch: pending.epoch, key: pending.key };
  draft.pending = null;
  draft.effects.push({ type: "use-send", epoch: pending.epoch });
}

/** A recipient has a fresh channel: it gets what it may hold. */
export function recipientReachable(draft: Draft, member: MemberId): void {
  markSent(draft, member, 0);
  offerCurrent(draft, member);
  offerPending(draft, member);
}

function offerCurrent(draft: Draft, member: MemberId): void {
  const recipient = draft.recipients.get(member);
  if (recipient === undefined || recipient.entitledFrom > draft.current.epoch) return;
  deliverKey(draft, member, draft.current);
}

/** A recipient's channel is gone: it is not waited for. */
export function recipientUnreachable(draft: Draft, member: MemberId): void {
  markSent(draft, member, 0);
  noLongerAwaited(draft, member);
}

export function acknowledged(draft: Draft, member: MemberId, epoch: number): void {
  if (draft.pending?.epoch === epoch) noLongerAwaited(draft, member);
}

function noLongerAwaited(draft: Draft, member: MemberId): void {
  const { pending } = draft;
  if (pending?.awaiting.has(member) !== true) return;
  const awaiting = new Set(pending.awaiting);
  awaiting.delete(member);
  draft.pending = { ...pending, awaiting };
  if (awaiting.size === 0) switchKeys(draft);
}

/** A recipient could not derive a key. It gets the pending one if that is what it lacks, else the one in use. */
export function keyWanted(draft: Draft, member: MemberId, epoch: number): void {
  const { pending } = draft;
  if (!draft.recipients.has(member)) return;
  if (pending?.epoch === epoch) deliverKey(draft, member, pending);
  else offerCurrent(draft, member);
}

/** What time asks of the sending keys: the switch at the latest, forgetting, renewal. */
export function tickSending(draft: Draft): void {
  if (draft.pending !== null && draft.pending.deadline <= draft.now) switchKeys(draft);
  for (const { epoch, forgetAt } of draft.retired) {
    if (forgetAt <= draft.now) draft.effects.push({ type: "forget-send", epoch });
  }
  draft.retired = draft.retired.filter(({ forgetAt }) => forgetAt > draft.now);
  if (draft.pending === null && draft.freshAt + RENEW_MS <= draft.now) prepare(draft, true);
}

/** A fresh key before the present one is old. */
export function renew(draft: Draft): void {
  prepare(draft, true);
}

/** The worker lost its counters: no key it has sealed under is used again. */
export function restartSending(draft: Draft): void {
  draft.pending?.key.wipe();
  draft.pending = null;
  draft.current.key.wipe();
  draft.retired = [];
  draft.freshAt = draft.now;
  draft.current = { epoch: nextEpoch(draft), key: freshBaseKey(draft.random) };
  installCurrent(draft);
  for (const member of draft.reachable) offerCurrent(draft, member);
}

export function installCurrent(draft: Draft): void {
  const { epoch, key } = draft.current;
  draft.effects.push({ type: "install-send", epoch, baseKey: key.copy(), use: true });
}

export function sendingDeadlines(draft: Draft): number[] {
  const deadlines = draft.retired.map(({ forgetAt }) => forgetAt);
  deadlines.push(draft.pending === null ? draft.freshAt + RENEW_MS : draft.pending.deadline);
  return deadlines;
}
