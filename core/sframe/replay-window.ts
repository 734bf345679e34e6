/**
 * Counters that a receiver still tells apart below the highest seen. One sender counts its frames of all kinds and to all
 * members together (about 2,200 a second in a call of 30), and retransmitted video comes up to three seconds late.
 */
export const REPLAY_WINDOW = 8192;

/** Remembers which counters of one key have been seen, in 1 KiB. */
export class ReplayWindow {
  readonly #seen = new Uint8Array(REPLAY_WINDOW / 8);
  #highest: number;

  /** `highest`: the latest counter that was seen elsewhere; those far enough below it count as seen here, too. */
  constructor(highest = -1) {
    this.#highest = highest;
  }

  /** An empty one that begins where this one is. */
  after(): ReplayWindow {
    return new ReplayWindow(this.#highest);
  }

  /** Whether this counter is new: above the window, or in it and unseen. Below the window counts as seen. */
  isFresh(counter: number): boolean {
    if (counter > this.#highest) return true;
    if (counter <= this.#highest - REPLAY_WINDOW) return false;
    return !this.#bit(counter);
  }

  /** Notes a counter whose frame was authentic. False if it is not fresh any more: two copies may be opened at one time. */
  accept(counter: number): boolean {
    if (!this.isFresh(counter)) return false;
    if (counter > this.#highest) this.#advance(counter);
    this.#set(counter);
    return true;
  }

  #advance(counter: number): void {
    if (counter - this.#highest >= REPLAY_WINDOW) this.#seen.fill(0);
    else for (let passed = this.#highest + 1; passed < counter; passed++) this.#clear(passed);
    this.#clear(counter);
    this.#highest = counter;
  }

  #bit(counter: number): boolean {
    const place = counter % REPLAY_WINDOW;
    return ((this.#seen[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  #set(counter: number): void {
    const place = counter % REPLAY_WINDOW;
    this.#seen[place >> 3] = (this.#seen[place >> 3] ?? 0) | (1 << (place & 7));
  }

  #clear(counter: number): void {
    const place = counter % REPLAY_WINDOW;
    this.#seen[place >> 3] = (this.#seen[place >> 3] ?? 0) & ~(1 << (place & 7));
  }
}
