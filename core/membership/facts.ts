import type { MemberId } from "../base/member-id.ts";
import { compareEntries, type Log, type StoredEntry } from "./log-store.ts";

/** The entries of a log by what they are about, each list in the order that all members agree on. */
export interface Facts {
  readonly root: MemberId;
  readonly sorted: readonly StoredEntry[];
  /** The first `create`: the only one that can count. */
  readonly create: StoredEntry | null;
  readonly admissionsOf: ReadonlyMap<MemberId, readonly StoredEntry[]>;
  readonly departuresOf: ReadonlyMap<MemberId, readonly StoredEntry[]>;
  readonly removalsOf: ReadonlyMap<MemberId, readonly StoredEntry[]>;
  readonly usesOf: ReadonlyMap<string, readonly StoredEntry[]>;
}

export function collectFacts(log: Log): Facts {
  const sorted = [...log.entries].sort(compareEntries);
  const admissionsOf = new Map<MemberId, StoredEntry[]>();
  const departuresOf = new Map<MemberId, StoredEntry[]>();
  const removalsOf = new Map<MemberId, StoredEntry[]>();
  const usesOf = new Map<string, StoredEntry[]>();
  for (const entry of sorted) {
    const { body } = entry.entry;
    if (body.type === "leave") append(departuresOf, entry.author, entry);
    if (body.type === "remove") append(removalsOf, body.member, entry);
    if (entry.admission !== null) {
      append(admissionsOf, entry.admission.request.member, entry);
      append(usesOf, entry.admission.capability.id, entry);
    }
  }
  const create = sorted.find((entry) => entry.entry.body.type === "create") ?? null;
  return { root: log.root, sorted, create, admissionsOf, departuresOf, removalsOf, usesOf };
}

function append<Key>(lists: Map<Key, StoredEntry[]>, key: Key, entry: StoredEntry): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}
