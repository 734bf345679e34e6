import type { MemberId } from "../base/member-id.ts";
import type { EntryError } from "./entry.ts";
import type { EntryId } from "./ids.ts";
import { type CheckedEntry, hasSeen, type Log, placeEntry, type StoredEntry } from "./log-store.ts";

/** Entries of one log; what its pasts take in memory grows with the square. */
export const MAX_LOG_ENTRIES = 20_000;
export const MAX_PENDING_ENTRIES = 256;
const MAX_PENDING_BYTES = 256 * 1024;

/** `entry-of-a-stranger`: its author was not named by any entry it was made in knowledge of, so it can never count. */
export type Rejection = EntryError["code"] | "entry-of-a-stranger" | "log-full";

interface Insertion {
  readonly root: MemberId;
  readonly entries: StoredEntry[];
  readonly byId: Map<EntryId, StoredEntry>;
  readonly headIds: Set<EntryId>;
  readonly named: Map<MemberId, readonly StoredEntry[]>;
  readonly rejected: Rejection[];
}

interface Added {
  readonly log: Log;
  readonly added: readonly StoredEntry[];
  readonly rejected: readonly Rejection[];
}

/** Puts checked entries, none of them held yet, and waiting ones that they release into their places. */
export function addEntries(log: Log, entries: readonly CheckedEntry[]): Added {
  if (entries.length === 0) return { log, added: [], rejected: [] };
  const insertion: Insertion = {
    root: log.root,
    entries: [...log.entries],
    byId: new Map(log.byId),
    headIds: new Set(log.headIds),
    named: new Map(log.named),
    rejected: [],
  };
  const waiting = new Map([...log.pending, ...entries.map((entry) => [entry.id, entry] as const)]);
  release(insertion, waiting);
  const { root, rejected, ...parts } = insertion;
  const pending = withinLimits(waiting);
  return {
    log: { meetingId: log.meetingId, root, ...parts, pending },
    added: parts.entries.slice(log.entries.length),
    rejected,
  };
}

/** Inserts every waiting entry whose parents are held, and then those that waited for it. */
function release(insertion: Insertion, waiting: Map<EntryId, CheckedEntry>): void {
  const children = new Map<EntryId, CheckedEntry[]>();
  for (const entry of waiting.values()) {
    for (const parent of entry.entry.parents) {
      if (insertion.byId.has(parent)) continue;
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [entry]);
      else siblings.push(entry);
    }
  }
  const ready = [...waiting.values()].reverse();
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    if (!waiting.has(next.id) || !next.entry.parents.every((parent) => insertion.byId.has(parent))) continue;
    waiting.delete(next.id);
    if (insert(insertion, next)) ready.push(...(children.get(next.id) ?? []));
  }
}

function insert(insertion: Insertion, entry: CheckedEntry): boolean {
  const parents = entry.entry.parents.flatMap((parent) => insertion.byId.get(parent) ?? []);
  const stored = placeEntry(entry, parents, insertion.entries.length);
  const rejection = rejectionOf(insertion, stored);
  if (rejection !== null) {
    insertion.rejected.push(rejection);
    return false;
  }
  insertion.entries.push(stored);
  insertion.byId.set(stored.id, stored);
  for (const parent of parents) insertion.headIds.delete(parent.id);
  insertion.headIds.add(stored.id);
  const named = stored.admission?.request.member;
  if (named !== undefined) insertion.named.set(named, [...(insertion.named.get(named) ?? []), stored]);
  return true;
}

/** Only what the entry itself and its past show is looked at, so that every log rejects the same. */
function rejectionOf(insertion: Insertion, stored: StoredEntry): Rejection | null {
  if (insertion.entries.length >= MAX_LOG_ENTRIES) return "log-full";
  const isRoot = stored.author === insertion.root;
  if (stored.entry.body.type === "create") return isRoot ? null : "entry-of-a-stranger";
  const naming = insertion.named.get(stored.author) ?? [];
  return isRoot || naming.some((entry) => hasSeen(stored, entry)) ? null : "entry-of-a-stranger";
}

/** Drops the oldest waiting entries until the rest is within the limits. */
function withinLimits(waiting: Map<EntryId, CheckedEntry>): ReadonlyMap<EntryId, CheckedEntry> {
  let bytes = 0;
  for (const entry of waiting.values()) bytes += entry.bytes.length;
  for (const [id, entry] of waiting) {
    if (waiting.size <= MAX_PENDING_ENTRIES && bytes <= MAX_PENDING_BYTES) break;
    bytes -= entry.bytes.length;
    waiting.delete(id);
  }
  return waiting;
}
