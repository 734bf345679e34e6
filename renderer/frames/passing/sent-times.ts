import type { Header } from "../../../core/sframe/header.ts";

/** Moments that are remembered, and the least time between two of them, in ms: together some four seconds. */
const MOST = 64;
const APART_MS = 60;

interface Moment {
  readonly counter: bigint;
  readonly at: number;
}

/**
 * When a sender's counter stood where, as its sound tells, which always comes directly. So it shows how old a frame is
 * that came by others, with no clock that two machines would have to share.
 */
export class SentTimes {
  readonly #elapsed: () => number;
  #keyId = -1n;
  /** When the first frame under this key came. */
  #since = 0;
  #moments: Moment[] = [];

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** A frame has come from the sender itself. */
  heard({ keyId, counter }: Header): void {
    if (keyId < this.#keyId) return;
    if (keyId > this.#keyId) {
      this.#moments = [];
      this.#since = this.#elapsed();
    }
    this.#keyId = keyId;
    const last = this.#moments.at(-1);
    if (last !== undefined && (counter <= last.counter || this.#elapsed() - last.at < APART_MS)) return;
    this.#moments.push({ counter, at: this.#elapsed() });
    if (this.#moments.length > MOST) this.#moments.shift();
  }

  /** How much later than the sender's own frames of its time one comes now, in ms; 0 where that cannot be told. */
  ageOf({ keyId, counter }: Header): number {
    if (keyId !== this.#keyId) return keyId < this.#keyId ? this.#elapsed() - this.#since : 0;
    const after = this.#moments.find((moment) => moment.counter >= counter);
    return after === undefined ? 0 : this.#elapsed() - after.at;
  }
}
