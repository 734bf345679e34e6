/** How much a new interval counts in the measured rate. */
const WEIGHT = 0.1;
/** Frames may come this share of an interval early and are still taken for the next. */
const EARLY = 0.3;

/** Lets through so many frames a second, evenly, and measures how many that are. */
export class FrameRate {
  #due = Number.NEGATIVE_INFINITY;
  #last: number | null = null;
  #interval: number | null = null;

  /** Frames a second that were let through lately; `fallback` before there were two. */
  measured(fallback: number): number {
    return this.#interval === null ? fallback : 1e6 / this.#interval;
  }

  /** Whether a frame of this time, in microseconds, is let through at `rate` frames a second. */
  admits(timestamp: number, rate: number): boolean {
    const spacing = 1e6 / rate;
    if (timestamp < this.#due - EARLY * spacing) return false;
    this.#due = Math.max(this.#due + spacing, timestamp + (1 - 2 * EARLY) * spacing);
    if (this.#last !== null && timestamp > this.#last) this.#learn(timestamp - this.#last);
    this.#last = timestamp;
    return true;
  }

  #learn(interval: number): void {
    this.#interval = this.#interval === null ? interval : this.#interval + WEIGHT * (interval - this.#interval);
  }
}
