/** Undoes one thing that was started: a subscription, a timer, a listener. Calling it twice is harmless. */
export type Ending = () => void;

/** Owns what was started for one purpose and ends all of it, last first, exactly once. */
export class Scope {
  #endings: Ending[] = [];
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  /** Registers an ending. In a scope that has ended it runs at once, so nothing outlives its owner. */
  add(ending: Ending): void {
    if (this.#ended) ending();
    else this.#endings.push(ending);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const endings = this.#endings.splice(0).reverse();
    const failures: unknown[] = [];
    for (const ending of endings) {
      try {
        ending();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "endings failed");
  }
}
