import type { MemberId } from "../base/member-id.ts";
import type { EntryType, Motion } from "./body.ts";
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
  /** By moderators and by votes. */
  readonly removalsOf: Lists<MemberId>;
  readonly readmissionsOf: Lists<MemberId>;
  readonly grantsOf: Lists<MemberId>;
  readonly revocationsOf: Lists<MemberId>;
  /** Admissions by the capability they used. */
  readonly usesOf: Lists<string>;
  /** The starter and everybody whom some entry admits, by right or not. */
  readonly people: readonly MemberId[];
  /** By `voteKey`: those for a motion and those against. */
  readonly approvalsOf: Lists<string>;
  readonly objectionsOf: Lists<string>;
  readonly appealsOf: Lists<MemberId>;
  /** By `capabilityKey`. */
  readonly inviteRevocationsOf: Lists<string>;
}

export function collectFacts(log: Log): Facts {
  const sorted = [...log.entries].sort(compareEntries);
  const byType = grouped(sorted, (entry) => entry.entry.body.type);
  const of = (type: EntryType): readonly StoredEntry[] => byType.get(type) ?? [];
  const admissionsOf = grouped(of("admit"), (entry) => entry.admission?.request.member);
  return {
    root: log.root,
    people: [...new Set([log.root, ...admissionsOf.keys()])],
    sorted,
    create: of("create")[0] ?? null,
    byType,
    admissionsOf,
    departuresOf: grouped(of("leave"), (entry) => entry.author),
    removalsOf: grouped([...of("remove"), ...of("expel")].sort(compareEntries), subjectOf),
    readmissionsOf: grouped(of("readmit"), subjectOf),
    grantsOf: grouped(of("grant"), subjectOf),
    revocationsOf: grouped(of("revoke"), subjectOf),
    usesOf: grouped(of("admit"), (entry) => entry.admission?.capability.id),
    approvalsOf: grouped(of("vote"), (entry) => votedOn(entry, true)),
    objectionsOf: grouped(of("vote"), (entry) => votedOn(entry, false)),
    appealsOf: grouped(of("appeal"), (entry) => entry.appeal?.request.member),
    inviteRevocationsOf: grouped(of("revoke-invite"), revokedBy),
  };
}

/** Names what one voter says on one motion about one member. */
export function voteKey(vote: { motion: Motion; member: MemberId }, voter: MemberId): string {
  return `${vote.motion} ${vote.member} ${voter}`;
}

/** Names one capability: whoever signs another with the same id does not touch it. */
export function capabilityKey({ id, issuer }: { readonly id: string; readonly issuer: MemberId }): string {
  return `${id} ${issuer}`;
}

function votedOn({ author, entry: { body } }: StoredEntry, approve: boolean): string | undefined {
  return body.type === "vote" && body.approve === approve ? voteKey(body, author) : undefined;
}

function revokedBy({ entry: { body } }: StoredEntry): string | undefined {
  return body.type === "revoke-invite" ? capabilityKey(body) : undefined;
}

/** The member whom an entry is about; undefined for other entries. */
function subjectOf({ entry: { body } }: StoredEntry): MemberId | undefined {
  return "member" in body ? body.member : undefined;
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
