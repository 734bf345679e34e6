import type { Ending } from "./scope.ts";

/** Tells any number of listeners about facts of one type, in the order they subscribed. */
export class Emitter<T> {
  readonly #listeners = new Set<(fact: T) => void>();

  subscribe(listener: (fact: T) => void): Ending {
    const own = (fact: T): void => listener(fact);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  emit(fact: T): void {
    for (const listener of [...this.#listeners]) listener(fact);
  }
}
