import type { MemberId } from "../base/member-id.ts";
import type { EntryType } from "./body.ts";
import { compareEntries, type Log, type StoredEntry } from "./log-store.ts";

type Lists<Key> = ReadonlyMap<Key, readonly StoredEntry[]>;

/** The entries of a log by what they are about, each list in the order that all members agree on. */
export interface Facts {
  readonly root: MemberId;
  readonly sorted: readonly StoredEntry[];
  /** The first `create`: the only one that can count. */
  readonly create: StoredEntry | null;
  readonly byType: Lists<EntryType>;
  /** By the member they are about. */
  readonly admissionsOf: Lists<MemberId>;
  readonly departuresOf: Lists<MemberId>;
  readonly removalsOf: Lists<MemberId>;
  readonly grantsOf: Lists<MemberId>;
  readonly revocationsOf: Lists<MemberId>;
  /** Admissions by the capability they used. */
  readonly usesOf: Lists<string>;
}

export function collectFacts(log: Log): Facts {
  const sorted = [...log.entries].sort(compareEntries);
  const byType = grouped(sorted, (entry) => entry.entry.body.type);
  const of = (type: EntryType): readonly StoredEntry[] => byType.get(type) ?? [];
  return {
    root: log.root,
    sorted,
    create: of("create")[0] ?? null,
    byType,
    admissionsOf: grouped(of("admit"), (entry) => entry.admission?.request.member),
    departuresOf: grouped(of("leave"), (entry) => entry.author),
    removalsOf: grouped(of("remove"), subjectOf),
    grantsOf: grouped(of("grant"), subjectOf),
    revocationsOf: grouped(of("revoke"), subjectOf),
    usesOf: grouped(of("admit"), (entry) => entry.admission?.capability.id),
  };
}

/** The member whom an entry removes, makes a moderator or no moderator; undefined for other entries. */
function subjectOf({ entry: { body } }: StoredEntry): MemberId | undefined {
  return body.type === "remove" || body.type === "grant" || body.type === "revoke" ? body.member : undefined;
}

function grouped<Key>(entries: readonly StoredEntry[], keyOf: (entry: StoredEntry) => Key | undefined): Lists<Key> {
  const lists = new Map<Key, StoredEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const list = key === undefined ? undefined : lists.get(key);
    if (list !== undefined) list.push(entry);
    else if (key !== undefined) lists.set(key, [entry]);
  }
  return lists;
}
