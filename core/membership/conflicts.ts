import type { MemberId } from "../base/member-id.ts";
import type { EntryType } from "./body.ts";
import type { Facts } from "./facts.ts";
import { compareEntries, type StoredEntry } from "./log-store.ts";
import { standingAdmission } from "./standing-admission.ts";
import { NO, type Truth } from "./truth.ts";

interface Undecided {
  truthOf(entry: StoredEntry): Truth;
  blockersOf(entry: StoredEntry): readonly StoredEntry[];
}

/**
 * Breaks one circle of removals and revocations that rule each other out: of those in it, the one stands whose author was admitted first,
 * so what speaks against it does not count. Gives that; never none, so that every round decides something.
 */
export function chooseLosers(open: readonly StoredEntry[], facts: Facts, undecided: Undecided): readonly StoredEntry[] {
  const against = new Map<StoredEntry, ReadonlySet<StoredEntry>>();
  const verdicts = open.filter(isVerdict);
  for (const verdict of verdicts) against.set(verdict, verdictsBehind(verdict, undecided));
  const circle = innermostCircle(verdicts, against);
  const seniority = seniorityIn(facts, undecided);
  const [winner] = [...circle].sort((a, b) => seniority(a) - seniority(b) || compareEntries(a, b));
  const losers = winner === undefined ? [] : [...(against.get(winner) ?? [])];
  // No circle of them: somebody vouches for an entry who may do so only if it does not count.
  return losers.length > 0 ? losers : open.slice(0, 1);
}

const VERDICTS: readonly EntryType[] = ["remove", "expel", "revoke", "leave"];

/** What can take the effect of an entry away that it does not know of. */
function isVerdict(entry: StoredEntry): boolean {
  return VERDICTS.includes(entry.entry.body.type);
}

/** The nearest undecided verdicts that an entry waits for, through any other entries: itself, if it takes away its own ground. */
function verdictsBehind(from: StoredEntry, undecided: Undecided): ReadonlySet<StoredEntry> {
  const found = new Set<StoredEntry>();
  const visited = new Set<StoredEntry>();
  const ahead = [...undecided.blockersOf(from)];
  for (let entry = ahead.pop(); entry !== undefined; entry = ahead.pop()) {
    if (visited.has(entry)) continue;
    visited.add(entry);
    if (isVerdict(entry)) found.add(entry);
    else ahead.push(...undecided.blockersOf(entry));
  }
  return found;
}

type Graph = ReadonlyMap<StoredEntry, ReadonlySet<StoredEntry>>;

/** A circle that waits for nothing outside itself: walks on to whatever does not lead back, until everything does. */
function innermostCircle(verdicts: readonly StoredEntry[], against: Graph): ReadonlySet<StoredEntry> {
  let [current] = verdicts;
  while (current !== undefined) {
    const from: StoredEntry = current;
    const circle = reachable(from, against);
    const outside = [...circle].find((entry) => !reachable(entry, against).has(from));
    if (outside === undefined) return circle;
    current = outside;
  }
  return new Set();
}

function reachable(from: StoredEntry, against: Graph): ReadonlySet<StoredEntry> {
  const reached = new Set<StoredEntry>();
  const ahead = [...(against.get(from) ?? [])];
  for (let entry = ahead.pop(); entry !== undefined; entry = ahead.pop()) {
    if (reached.has(entry)) continue;
    reached.add(entry);
    ahead.push(...(against.get(entry) ?? []));
  }
  return reached;
}

/** How long the author of an entry has been here, by the place of the admission that stands: the starter first. */
function seniorityIn(facts: Facts, undecided: Undecided): (entry: StoredEntry) => number {
  const ranks = new Map<MemberId, number>([[facts.root, -1]]);
  const has = (entry: StoredEntry): boolean => undecided.truthOf(entry) !== NO;
  return ({ author }) => {
    const admission = ranks.has(author) ? undefined : standingAdmission(author, { facts, has });
    const rank = ranks.get(author) ?? (admission === undefined ? Infinity : facts.sorted.indexOf(admission));
    ranks.set(author, rank);
    return rank;
  };
}
