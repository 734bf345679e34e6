import type { MemberId } from "../base/member-id.ts";
import type { Folded } from "./fold.ts";
import { compareEntries, hasSeen, type StoredEntry } from "./log-store.ts";

/**
 * Of the entries that count and admit the same member, the one that says by whom, when, by which invite and under which index.
 * Two honest members can write one each at the same time; a dishonest one can sign another later and put it behind old parents.
 * So the place in the order alone does not decide, but what others have built on: the one that more members have written in knowledge
 * of without knowing the rest; then the one whose author knew more, and the lower id.
 */
export function standingAdmissions({ facts, has }: Pick<Folded, "facts" | "has">): ReadonlySet<StoredEntry> {
  const standing = new Set<StoredEntry>();
  for (const admissions of facts.admissionsOf.values()) {
    const counting = admissions.filter((entry) => has(entry));
    const chosen = counting.length < 2 ? counting : mostBuiltOn(counting, facts.sorted.filter(has));
    for (const entry of chosen) standing.add(entry);
  }
  return standing;
}

function mostBuiltOn(rivals: readonly StoredEntry[], entries: readonly StoredEntry[]): StoredEntry[] {
  const authors = new Set(rivals.map(({ author }) => author));
  const builders = new Map<StoredEntry, Set<MemberId>>(rivals.map((rival) => [rival, new Set()]));
  for (const entry of entries) {
    if (authors.has(entry.author)) continue;
    const known = rivals.filter((rival) => hasSeen(entry, rival));
    const [only] = known;
    if (known.length === 1 && only !== undefined) builders.get(only)?.add(entry.author);
  }
  const weight = (rival: StoredEntry): number => builders.get(rival)?.size ?? 0;
  return [...rivals].sort((a, b) => weight(b) - weight(a) || b.depth - a.depth || compareEntries(a, b)).slice(0, 1);
}
