import type { MemberId } from "../base/member-id.ts";
import { Secret } from "../base/secret.ts";
import { equal } from "../crypto/compare.ts";
import { ratchetBaseKey } from "./base-key.ts";
import { encodeKeyMessage } from "./key-message.ts";
import type { Draft, ReceivedKeys } from "./sender-key-state.ts";
import { type BaseKey, MAX_EARLY_MEMBERS, MAX_RECEIVE_EPOCHS, RECEIVE_GRACE_MS } from "./sender-key-types.ts";

const NONE: ReceivedKeys = { keys: new Map(), floor: 0, stale: false };

/** A member sends its key of an epoch. The same again is acknowledged again; another under a known number is refused. */
export function keyReceived(draft: Draft, member: MemberId, offered: { epoch: number; baseKey: Uint8Array }): void {
  const key: BaseKey = new Secret("base-key", offered.baseKey);
  const known = draft.received.get(member);
  if (known?.stale === true) freshen(draft, member, { epoch: offered.epoch, key });
  const held = draft.received.get(member)?.keys.get(offered.epoch);
  if (held === undefined) take(draft, member, { epoch: offered.epoch, key });
  else {
    if (equal(held.key.reveal(), key.reveal())) acknowledge(draft, member, offered.epoch);
    key.wipe();
  }
}

/** The first key over a new channel: if it is one already held, the member only changed its channel; if not, its numbering may have begun anew. */
function freshen(draft: Draft, member: MemberId, offered: { epoch: number; key: BaseKey }): void {
  const known = draft.received.get(member) ?? NONE;
  const held = known.keys.get(offered.epoch);
  if (held !== undefined && equal(held.key.reveal(), offered.key.reveal())) {
    draft.received.set(member, { ...known, stale: false });
  } else forgetMember(draft, member);
}

/** A member says that its key of an epoch follows from the one before. */
export function ratchetReceived(draft: Draft, member: MemberId, epoch: number): void {
  const known = draft.received.get(member) ?? NONE;
  if (known.stale) return wantKey(draft, member, epoch);
  if (known.keys.has(epoch)) return acknowledge(draft, member, epoch);
  const before = known.keys.get(epoch - 1);
  if (before === undefined) return wantKey(draft, member, epoch);
  take(draft, member, { epoch, key: ratchetBaseKey(before.key, epoch) });
}

function wantKey(draft: Draft, member: MemberId, epoch: number): void {
  draft.effects.push({ type: "deliver", to: member, bytes: encodeKeyMessage({ type: "want-key", epoch }) });
}

function acknowledge(draft: Draft, member: MemberId, epoch: number): void {
  draft.effects.push({ type: "deliver", to: member, bytes: encodeKeyMessage({ type: "ack", epoch }) });
}

/** Keeps a key that is new here, installs it if its sender is a member, and limits how long and how many older ones stay. */
function take(draft: Draft, member: MemberId, offered: { epoch: number; key: BaseKey }): void {
  const { epoch, key } = offered;
  const known = draft.received.get(member) ?? NONE;
  if (epoch <= known.floor || isCrowded(draft, member)) return key.wipe();
  const newest = Math.max(epoch, ...known.keys.keys());
  const forgetAt = draft.now + RECEIVE_GRACE_MS;
  const keys = new Map([...known.keys, [epoch, { key, forgetAt: null }] as const]);
  for (const [held, entry] of keys) {
    if (held < newest) keys.set(held, { key: entry.key, forgetAt: entry.forgetAt ?? forgetAt });
  }
  draft.received.set(member, { ...known, keys });
  install(draft, member, offered);
  acknowledge(draft, member, epoch);
  if (keys.size > MAX_RECEIVE_EPOCHS) forgetEpoch(draft, member, Math.min(...keys.keys()));
}

/** Whether too many who are not members yet have keys held here already. */
function isCrowded(draft: Draft, member: MemberId): boolean {
  if (draft.recipients.has(member) || draft.received.has(member)) return false;
  return [...draft.received.keys()].filter((known) => !draft.recipients.has(known)).length >= MAX_EARLY_MEMBERS;
}

function install(draft: Draft, member: MemberId, { epoch, key }: { epoch: number; key: BaseKey }): void {
  if (!draft.recipients.has(member)) return;
  draft.effects.push({ type: "install-receive", member, epoch, baseKey: key.copy() });
}

/** Installs everything that is held of a member: it has become one, or the worker is new. */
export function installHeld(draft: Draft, member: MemberId): void {
  for (const [epoch, { key }] of draft.received.get(member)?.keys ?? []) install(draft, member, { epoch, key });
}

function forgetEpoch(draft: Draft, member: MemberId, epoch: number): void {
  const known = draft.received.get(member);
  const entry = known?.keys.get(epoch);
  if (known === undefined || entry === undefined) return;
  const keys = new Map(known.keys);
  entry.key.wipe();
  keys.delete(epoch);
  draft.received.set(member, { ...known, keys, floor: Math.max(known.floor, epoch) });
  if (draft.recipients.has(member)) draft.effects.push({ type: "forget-receive", member, epoch });
}

/** Wipes everything that is held of a member. */
export function forgetMember(draft: Draft, member: MemberId): void {
  const known = draft.received.get(member);
  if (known === undefined) return;
  for (const { key } of known.keys.values()) key.wipe();
  draft.received.delete(member);
  draft.effects.push({ type: "forget-member", member });
}

/** The member's keys stay until it sends one over its new channel, so that media that still flow are not cut. */
export function senderHasNewChannel(draft: Draft, member: MemberId): void {
  const known = draft.received.get(member);
  if (known !== undefined) draft.received.set(member, { ...known, stale: true });
}

export function tickReceiving(draft: Draft): void {
  for (const [member, known] of [...draft.received]) {
    for (const [epoch, { forgetAt }] of known.keys) {
      if (forgetAt !== null && forgetAt <= draft.now) forgetEpoch(draft, member, epoch);
    }
  }
}

export function receivingDeadlines(draft: Draft): number[] {
  return [...draft.received.values()].flatMap((known) =>
    [...known.keys.values()].flatMap(({ forgetAt }) => (forgetAt === null ? [] : [forgetAt])),
  );
}
