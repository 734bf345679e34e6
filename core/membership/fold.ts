import { chooseLosers } from "./conflicts.ts";
import { collectFacts, type Facts } from "./facts.ts";
import { hasSeen, type Log, type StoredEntry } from "./log-store.ts";
import { needsModerator, obeysRules } from "./rules.ts";
import { all, known, NO, not, any, type Truth, UNKNOWN, YES } from "./truth.ts";
import { View } from "./view.ts";

/** A log judged: which entries count. */
export interface Folded {
  readonly facts: Facts;
  /** Whether an entry of this log counts. */
  readonly has: (entry: StoredEntry) => boolean;
  /** The meeting at the end of the log. */
  readonly present: View;
}

const cache = new WeakMap<Log, Folded>();

/** Judges every entry, once for each log value. Cost grows with the number of entries, and with that of removals that contradict each other. */
export function countsOf(log: Log): Folded {
  const folded = cache.get(log) ?? fold(log);
  cache.set(log, folded);
  return folded;
}

function fold(log: Log): Folded {
  const facts = collectFacts(log);
  const judgement = new Judgement(facts);
  judgement.settle();
  return { facts, present: judgement.present(), has: (entry) => judgement.truthOf(entry) === YES };
}

/**
 * What is known of each entry. An entry counts if its author was allowed to write it, in the light of what of its past counts,
 * and if no removal of its author counts that did not know it. The second looks sideways, so entries are gone through until nothing
 * more follows; where removals rule each other out in a circle, `chooseLosers` breaks it.
 */
class Judgement {
  readonly #facts: Facts;
  readonly #truths: Truth[];
  #open: readonly StoredEntry[];
  #reads: StoredEntry[] | null = null;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#truths = new Array<Truth>(facts.sorted.length).fill(UNKNOWN);
    this.#open = facts.sorted;
  }

  truthOf(entry: StoredEntry): Truth {
    const truth = this.#truths[entry.index] ?? NO;
    if (truth === UNKNOWN) this.#reads?.push(entry);
    return truth;
  }

  /** The undecided entries that an undecided entry waits for. */
  blockersOf(entry: StoredEntry): readonly StoredEntry[] {
    const reads: StoredEntry[] = [];
    this.#reads = reads;
    this.#judge(entry);
    this.#reads = null;
    return reads;
  }

  settle(): void {
    this.#pass();
    while (this.#open.length > 0) {
      for (const loser of chooseLosers(this.#open, this.#facts, this)) this.#truths[loser.index] = NO;
      this.#pass();
    }
  }

  /** Goes through what is undecided, in order, until nothing more is decided. */
  #pass(): void {
    let before: number;
    do {
      before = this.#open.length;
      this.#open = this.#open.filter((entry) => {
        if (this.#truths[entry.index] !== UNKNOWN) return false;
        const truth = this.#judge(entry);
        this.#truths[entry.index] = truth;
        return truth === UNKNOWN;
      });
    } while (this.#open.length < before && this.#open.length > 0);
  }

  #judge(entry: StoredEntry): Truth {
    const { create } = this.#facts;
    if (entry.entry.body.type === "create") return known(entry === create);
    const view = new View(this.#facts, {
      sees: (other) => hasSeen(entry, other),
      truthOf: (other) => this.truthOf(other),
    });
    const against = this.#against(entry).map((other) => this.truthOf(other));
    return all(not(any(against)), obeysRules(entry, view));
  }

  /**
   * What takes an entry's effect away though its author did not know of it: a removal of the author,
   * and, where only a moderator may write such an entry, the loss of that role.
   */
  #against(entry: StoredEntry): readonly StoredEntry[] {
    const { removalsOf, revocationsOf } = this.#facts;
    const removals = removalsOf.get(entry.author) ?? [];
    const revocations = needsModerator(entry.entry.body) ? (revocationsOf.get(entry.author) ?? []) : [];
    return [
      ...removals.filter((removal) => !hasSeen(removal, entry)),
      ...revocations.filter((revocation) => !hasSeen(revocation, entry) && !hasSeen(entry, revocation)),
    ].filter((other) => other !== entry);
  }

  /** The meeting at the end of the log. Only once everything is settled. */
  present(): View {
    return new View(this.#facts, { sees: () => true, truthOf: (entry) => this.truthOf(entry) });
  }
}
