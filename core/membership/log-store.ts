import type { MemberId } from "../base/member-id.ts";
import type { AdmissionRequest } from "./admission.ts";
import type { Appeal } from "./appeal.ts";
import type { Capability } from "./capability.ts";
import type { SignedEntry } from "./entry.ts";
import type { EntryId } from "./ids.ts";

/** What an `admit` carries, once its signatures are checked. */
export interface CheckedAdmission {
  readonly request: AdmissionRequest;
  readonly capability: Capability;
}

/** An entry whose signatures are checked. */
export interface CheckedEntry extends SignedEntry {
  readonly author: MemberId;
  /** Only for `admit`. */
  readonly admission: CheckedAdmission | null;
  /** Only for `appeal`. */
  readonly appeal: Appeal | null;
}

/** An entry in its place: everything it refers to is held too. */
export interface StoredEntry extends CheckedEntry {
  /** Its place in this log's own order of arrival; parents come before it. */
  readonly index: number;
  /** The longest way from the root: 0 for the root. The same in every log. */
  readonly depth: number;
  /** A bit for each entry of a lower index: whether this one was made in knowledge of it. */
  readonly past: Uint32Array;
}

/** Whether `later` was made in knowledge of `earlier`. Both of one log. */
export function hasSeen(later: StoredEntry, earlier: StoredEntry): boolean {
  return ((later.past[earlier.index >>> 5] ?? 0) & (1 << (earlier.index & 31))) !== 0;
}

/**
 * The order that all members agree on, whatever order entries reached them in: by depth, then by id.
 * An entry comes after all that it was made in knowledge of, and its rank does not change when others come.
 */
export function compareEntries(a: StoredEntry, b: StoredEntry): number {
  if (a.depth !== b.depth) return a.depth - b.depth;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Places a checked entry behind its parents. */
export function placeEntry(entry: CheckedEntry, parents: readonly StoredEntry[], index: number): StoredEntry {
  const past = new Uint32Array((index + 31) >>> 5);
  let depth = 0;
  for (const parent of parents) {
    depth = Math.max(depth, parent.depth + 1);
    for (let word = 0; word < parent.past.length; word++) past[word] = (past[word] ?? 0) | (parent.past[word] ?? 0);
    const own = parent.index >>> 5;
    past[own] = (past[own] ?? 0) | (1 << (parent.index & 31));
  }
  return { ...entry, index, depth, past };
}

/** An immutable log: every change makes a new value. */
export interface Log {
  readonly meetingId: Uint8Array;
  readonly root: MemberId;
  /** In order of arrival. */
  readonly entries: readonly StoredEntry[];
  readonly byId: ReadonlyMap<EntryId, StoredEntry>;
  /** Entries that no other refers to. */
  readonly headIds: ReadonlySet<EntryId>;
  /** Keys that some entry admits, by right or not: only they can have written anything that counts. */
  readonly named: ReadonlyMap<MemberId, readonly StoredEntry[]>;
  /** Checked entries that wait for entries they refer to, oldest first. */
  readonly pending: ReadonlyMap<EntryId, CheckedEntry>;
}
