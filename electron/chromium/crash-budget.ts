const LIMIT = 5;
const WINDOW_MS = 60_000;

/** Allows five crashes a minute, so that a page which cannot live is not started for ever. */
export class CrashBudget {
  readonly #now: () => number;
  #times: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** False when there have been too many crashes lately. */
  spend(): boolean {
    const now = this.#now();
    this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now];
    return this.#times.length <= LIMIT;
  }
}
