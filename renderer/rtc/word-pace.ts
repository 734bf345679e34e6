import type { Ending } from "../../core/base/scope.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** How often one member's words of one sort are followed at most, in ms: each change may cost a key frame, or words to others. */
const PACE_MS = 250;

interface Held<Word> {
  /** The latest one that waits. */
  next: Word | null;
  readonly timer: Ending;
}

/** What others ask for: of each `Key` the first at once, of many the latest, none more often than the pace. */
export class WordPace<Key, Word> {
  readonly #clock: Clock;
  readonly #follow: (from: Key, word: Word) => void;
  readonly #held = new Map<Key, Held<Word>>();

  constructor(clock: Clock, follow: (from: Key, word: Word) => void) {
    this.#clock = clock;
    this.#follow = follow;
  }

  hear(from: Key, word: Word): void {
    const held = this.#held.get(from);
    if (held === undefined) this.#followNow(from, word);
    else held.next = word;
  }

  /** The link that these words were for is gone. */
  forget(from: Key): void {
    this.#held.get(from)?.timer();
    this.#held.delete(from);
  }

  #followNow(from: Key, word: Word): void {
    this.#follow(from, word);
    this.#held.set(from, { next: null, timer: this.#clock.after(PACE_MS, () => this.#release(from)) });
  }

  #release(from: Key): void {
    const next = this.#held.get(from)?.next ?? null;
    this.#held.delete(from);
    if (next !== null) this.#followNow(from, next);
  }
}
