import type { MemberId } from "../base/member-id.ts";
import { chooseLosers } from "./conflicts.ts";
import { collectFacts, type Facts } from "./facts.ts";
import { hasSeen, type Log, type StoredEntry } from "./log-store.ts";
import { obeysRules } from "./rules.ts";
import { all, known, NO, not, any, type Truth, UNKNOWN, YES } from "./truth.ts";
import { isUnheard, View } from "./view.ts";

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
 * and if no removal or leaving of its author counts beside it. The second looks sideways, so entries are gone through until nothing
 * more follows; where removals rule each other out in a circle, `chooseLosers` breaks it.
 */
class Judgement {
  readonly #facts: Facts;
  readonly #truths: Truth[];
  #open: readonly StoredEntry[];
  #reads: StoredEntry[] | null = null;
  readonly #vouchers = new Map<MemberId, readonly StoredEntry[]>();

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
    const { create, removalsOf, revocationsOf } = this.#facts;
    if (entry.entry.body.type === "create") return known(entry === create);
    const view = new View(this.#facts, {
      sees: (other) => hasSeen(entry, other),
      truthOf: (other) => this.truthOf(other),
      isVoid: (other) => this.#isVoid(other),
      deposed: () => this.#anyBeside(entry, revocationsOf.get(entry.author)),
    });
    const removed = this.#anyBeside(entry, removalsOf.get(entry.author));
    if (removed === YES) return NO;
    return all(not(removed), not(this.#leftBeside(entry)), not(this.#isContradicted(entry)), obeysRules(entry, view));
  }

  /** Whether a moderator who was not heard, as an expulsion has it, says at the same time that this is not so. */
  #isContradicted(entry: StoredEntry): Truth {
    const isInQuestion = entry.entry.body.type === "expel" && isUnheard(entry);
    return isInQuestion ? this.#anyBeside(entry, this.#facts.byType.get("present")) : NO;
  }

  #isVoid(entry: StoredEntry): boolean {
    return (this.#truths[entry.index] ?? NO) === NO;
  }

  /** Whether one of the others counts that neither knew of the entry nor was known to its author: what comes later is for the rules. */
  #anyBeside(entry: StoredEntry, others: readonly StoredEntry[] | undefined): Truth {
    return any((others ?? []).filter((other) => isBeside(other, entry)).map((other) => this.truthOf(other)));
  }

  /**
   * Whether the author has left without knowing of the entry: somebody who left could otherwise go on behind their own leaving.
   * What a third member, whom the one who left knew, has built on before hearing of it stands: nobody takes back what they did
   * by leaving it out when they leave.
   */
  #leftBeside(entry: StoredEntry): Truth {
    if (entry.entry.body.type === "leave") return NO;
    const departures = this.#facts.departuresOf.get(entry.author)?.filter((other) => isBeside(other, entry)) ?? [];
    if (departures.length === 0) return NO;
    const vouching = this.#vouchersAgainst(entry.author).filter((voucher) => hasSeen(voucher, entry));
    const vouched = any(vouching.map((voucher) => this.truthOf(voucher)));
    return all(not(vouched), any(departures.map((departure) => this.truthOf(departure))));
  }

  /** What members whom every leaving of somebody knew have written in knowledge of none. */
  #vouchersAgainst(member: MemberId): readonly StoredEntry[] {
    const found = this.#vouchers.get(member) ?? vouchersAgainst(member, this.#facts);
    this.#vouchers.set(member, found);
    return found;
  }

  /** The meeting at the end of the log. Only once everything is settled. */
  present(): View {
    return new View(this.#facts, {
      sees: () => true,
      truthOf: (entry) => this.truthOf(entry),
      isVoid: (entry) => this.#isVoid(entry),
      deposed: () => NO,
    });
  }
}

/** Whether neither was made in knowledge of the other. */
function isBeside(one: StoredEntry, other: StoredEntry): boolean {
  return one !== other && !hasSeen(one, other) && !hasSeen(other, one);
}

function vouchersAgainst(member: MemberId, facts: Facts): readonly StoredEntry[] {
  const departures = facts.departuresOf.get(member) ?? [];
  const wereKnown = (author: MemberId): boolean =>
    author === facts.root ||
    departures.every((departure) => facts.admissionsOf.get(author)?.some((entry) => hasSeen(departure, entry)));
  const known = new Set(facts.people.filter((author) => author !== member && wereKnown(author)));
  return facts.sorted.filter(
    (entry) => known.has(entry.author) && !departures.some((departure) => hasSeen(entry, departure)),
  );
}
