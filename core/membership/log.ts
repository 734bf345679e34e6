import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf } from "../base/member-id.ts";
import type { SigningKey } from "../crypto/signing.ts";
import type { EntryBody } from "./body.ts";
import { checkContent, checkEntry } from "./check-entry.ts";
import { decodeEntry, idOfEntry, MAX_PARENTS, signEntry } from "./entry.ts";
import { countsOf } from "./fold.ts";
import { type EntryId, entryIdBytes, entryIdFrom } from "./ids.ts";
import { addEntries, MAX_LOG_ENTRIES, type Rejection } from "./insert.ts";
import { type CheckedEntry, compareEntries, hasSeen, type Log, type StoredEntry } from "./log-store.ts";

export type { Log } from "./log-store.ts";

/** Ids of missing entries that a merge names at most. */
const MAX_MISSING = 256;

/** An empty log of one meeting. `root` is the starter's member key, 32 bytes, as the invite gives it. */
export function createLog(meeting: { readonly meetingId: Uint8Array; readonly root: Uint8Array }): Log {
  return {
    meetingId: meeting.meetingId,
    root: memberIdOf(meeting.root),
    entries: [],
    byId: new Map(),
    headIds: new Set(),
    named: new Map(),
    pending: new Map(),
  };
}

interface Authored {
  readonly log: Log;
  readonly entry: Uint8Array;
  readonly id: EntryId;
  /** False when the rules give the entry no effect: the author is no member, or may not do this. */
  readonly counts: boolean;
}

/**
 * Signs an entry after everything this log holds. `time` in ms since the Unix epoch.
 * Throws `entry-refused` when the entry could not be held by anybody: its author was never named, or the log is full.
 */
export function author(log: Log, wish: { key: SigningKey; time: number; body: EntryBody }): Authored {
  const parents = wish.body.type === "create" ? [] : parentsFor(log, memberIdOf(wish.key.publicKey), wish.body);
  const { meetingId } = log;
  const signed = signEntry({ meetingId, parents, time: wish.time, body: wish.body }, wish.key);
  const checked = checkContent(signed);
  const added = checked.ok ? addEntries(log, [checked.value]) : null;
  const stored = added?.log.byId.get(signed.id);
  if (added === null || stored === undefined) throw new VigilError("entry-refused", "defect");
  return { log: added.log, entry: signed.bytes, id: signed.id, counts: countsOf(added.log).has(stored) };
}

/**
 * The heads, at most 16. Those come first that know what the entry rests on, whatever else somebody has crowded the log's ends with:
 * its author's latest entry, so that no two of its entries are unaware of each other, and that author and subject were admitted.
 */
function parentsFor(log: Log, self: MemberId, body: EntryBody): EntryId[] {
  const heads = headEntries(log).sort(compareEntries);
  const grounds = [log.entries.findLast((entry) => entry.author === self), admissionOf(log, self)];
  if ("member" in body) grounds.push(admissionOf(log, body.member));
  const first = grounds.flatMap((ground) =>
    ground === undefined ? [] : (heads.find((head) => head === ground || hasSeen(head, ground)) ?? []),
  );
  return [...new Set([...first, ...heads])]
    .slice(0, MAX_PARENTS)
    .map((head) => head.id)
    .sort();
}

/** The first entry that counts and admits somebody. */
function admissionOf(log: Log, member: MemberId): StoredEntry | undefined {
  const { facts, has } = countsOf(log);
  return facts.admissionsOf.get(member)?.find((entry) => has(entry));
}

function headEntries(log: Log): StoredEntry[] {
  return [...log.headIds].flatMap((id) => log.byId.get(id) ?? []);
}

interface Merged {
  readonly log: Log;
  /** What is new and in its place, parents first: also what had been waiting. */
  readonly added: readonly EntryId[];
  readonly addedEntries: readonly Uint8Array[];
  /** Entries that are referred to and not held; at most 256. */
  readonly missing: readonly EntryId[];
  readonly rejected: readonly { readonly code: Rejection }[];
}

/**
 * Takes entries in any order. Those whose parents are not here wait, within limits; the oldest are dropped first.
 * Known ones are passed over unread. Nothing honest is ever rejected but `log-full`.
 */
export function merge(log: Log, entries: readonly Uint8Array[]): Merged {
  const rejected: { code: Rejection }[] = [];
  const checked = new Map<EntryId, CheckedEntry>();
  for (const bytes of entries) {
    const id = idOfEntry(bytes);
    if (log.byId.has(id) || log.pending.has(id) || checked.has(id)) continue;
    const decoded = decodeEntry(bytes, log.meetingId, id);
    if (!decoded.ok) {
      rejected.push({ code: decoded.error.code });
      continue;
    }
    const result = checkEntry(decoded.value);
    if (result.ok) checked.set(id, result.value);
    else rejected.push({ code: result.error.code });
  }
  const result = addEntries(log, [...checked.values()]);
  return {
    log: result.log,
    added: result.added.map((entry) => entry.id),
    addedEntries: result.added.map((entry) => entry.bytes),
    missing: missingOf(result.log),
    rejected: [...rejected, ...result.rejected.map((code) => ({ code }))],
  };
}

function missingOf(log: Log): EntryId[] {
  const missing = new Set<EntryId>();
  for (const { entry } of log.pending.values()) {
    for (const parent of entry.parents) if (!log.byId.has(parent) && !log.pending.has(parent)) missing.add(parent);
  }
  return [...missing].slice(0, MAX_MISSING);
}

/** Ids of the entries that no other refers to, 32 bytes each, sorted. */
export function heads(log: Log): Uint8Array[] {
  return [...log.headIds].sort().map((id) => entryIdBytes(id));
}

/**
 * Ids of some entries held here, 32 bytes each, at most 17: ever further apart from the newest to the root.
 * Whoever shares anything with this log knows one of them, so what they lack can be told without sending all.
 */
export function landmarks(log: Log): Uint8Array[] {
  const newest = log.entries.length - 1;
  const places = new Set<number>();
  for (let back = 1; back < newest; back *= 2) places.add(newest - back);
  if (newest >= 0) places.add(0);
  return [...places].flatMap((place) => log.entries[place] ?? []).map((entry) => entryIdBytes(entry.id));
}

/** Whether this log holds all of these entries. */
export function holds(log: Log, ids: readonly Uint8Array[]): boolean {
  return ids.every((id) => log.byId.has(entryIdFrom(id)));
}

/** Whether this log holds any of these entries. */
export function holdsAny(log: Log, ids: readonly Uint8Array[]): boolean {
  return ids.some((id) => log.byId.has(entryIdFrom(id)));
}

/** Who wrote these entries, each once. */
export function authorsOf(log: Log, ids: readonly EntryId[]): readonly MemberId[] {
  return [...new Set(ids.flatMap((id) => log.byId.get(id)?.author ?? []))];
}

/** Whether the log takes no more entries. */
export function isFull(log: Log): boolean {
  return log.entries.length >= MAX_LOG_ENTRIES;
}

/** Whether some entry admits this key, by right or not. */
export function isNamed(log: Log, member: MemberId): boolean {
  return log.named.has(member);
}

/**
 * What shows somebody with these heads that they, or whoever let them in, were removed: the removals, and what these refer to and
 * they do not hold.
 */
export function removalsAfter(log: Log, theirHeads: readonly Uint8Array[], member?: MemberId): Uint8Array[] {
  const lacked = lackedBy(log, theirHeads);
  const removals = lacked.filter((entry) => isRemoval(entry, member));
  const told = lacked.filter((entry) => removals.some((removal) => removal === entry || hasSeen(removal, entry)));
  return told.map((entry) => entry.bytes);
}

/** The entries that remove somebody, or anybody at all, for telling them. */
export function removalsOf(log: Log, member?: MemberId): Uint8Array[] {
  return log.entries.filter((entry) => isRemoval(entry, member)).map((entry) => entry.bytes);
}

/** Whether an entry removes this member, or anybody if none is given. */
function isRemoval({ entry: { body } }: StoredEntry, member: MemberId | undefined): boolean {
  const removes = body.type === "remove" || body.type === "expel";
  return removes && (member === undefined || body.member === member);
}

/** What somebody lacks who holds these heads and all before them, parents first. Heads not known here are passed over. */
export function entriesAfter(log: Log, theirHeads: readonly Uint8Array[]): Uint8Array[] {
  return lackedBy(log, theirHeads).map((entry) => entry.bytes);
}

function lackedBy(log: Log, theirHeads: readonly Uint8Array[]): StoredEntry[] {
  const known = theirHeads.flatMap((head) => log.byId.get(entryIdFrom(head)) ?? []);
  const held = new Set(known.map((entry) => entry.index));
  for (const head of known) {
    for (let index = 0; index < head.index; index++) {
      if (((head.past[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0) held.add(index);
    }
  }
  return log.entries.filter((entry) => !held.has(entry.index));
}
