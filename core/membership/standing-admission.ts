import type { MemberId } from "../base/member-id.ts";
import type { Facts } from "./facts.ts";
import { compareEntries, hasSeen, type StoredEntry } from "./log-store.ts";

interface Judged {
  readonly facts: Facts;
  /** Whether an entry counts, or might as far as is known. */
  readonly has: (entry: StoredEntry) => boolean;
}

/**
 * Of the entries that count and admit somebody, the one that says by whom, when, by which invite, under which index, and how long they
 * have been here. Two honest members can write one each at the same time; a dishonest one can sign another later and put it behind any
 * parents. So the place in the order alone does not decide, but what others have built on: the one that more members have written in
 * knowledge of without knowing the rest; then the starter's; then the one whose author knew more, and the lower id.
 */
export function standingAdmission(member: MemberId, { facts, has }: Judged): StoredEntry | undefined {
  const counting = facts.admissionsOf.get(member)?.filter(has) ?? [];
  return counting.length < 2 ? counting[0] : mostBuiltOn(counting, { facts, has });
}

/** The standing admission of everybody who was admitted. */
export function standingAdmissions(judged: Judged): ReadonlySet<StoredEntry> {
  return new Set([...judged.facts.admissionsOf.keys()].flatMap((member) => standingAdmission(member, judged) ?? []));
}

function mostBuiltOn(rivals: readonly StoredEntry[], { facts, has }: Judged): StoredEntry | undefined {
  const wereThere = membersBefore(rivals, facts);
  const builders = new Map<StoredEntry, Set<MemberId>>(rivals.map((rival) => [rival, new Set()]));
  for (const entry of facts.sorted) {
    if (!wereThere.has(entry.author) || !has(entry)) continue;
    const known = rivals.filter((rival) => hasSeen(entry, rival));
    const [only] = known;
    if (known.length === 1 && only !== undefined) builders.get(only)?.add(entry.author);
  }
  const weight = (rival: StoredEntry): number => builders.get(rival)?.size ?? 0;
  const byStarter = (rival: StoredEntry): number => (rival.author === facts.root ? 1 : 0);
  const [chosen] = [...rivals].sort(
    (a, b) => weight(b) - weight(a) || byStarter(b) - byStarter(a) || b.depth - a.depth || compareEntries(a, b),
  );
  return chosen;
}

/**
 * Whose word counts between the rivals: those whom the author of each of them knew, and none of these authors. Whoever makes a second
 * history could let in as many as they like in it, to build on it.
 */
function membersBefore(rivals: readonly StoredEntry[], { root, people, admissionsOf }: Facts): ReadonlySet<MemberId> {
  const authors = new Set(rivals.map(({ author }) => author));
  const knownTo = (rival: StoredEntry, member: MemberId): boolean =>
    member === root || (admissionsOf.get(member)?.some((entry) => hasSeen(rival, entry)) ?? false);
  return new Set(people.filter((one) => !authors.has(one) && rivals.every((rival) => knownTo(rival, one))));
}
