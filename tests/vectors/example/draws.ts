import type { Random } from "../../../core/ports/random.ts";

/** Random bytes for the worked example: every draw is filled with its own number, which goes on from draw to draw. */
export class Draws implements Random {
  #next: number;

  /** `first`: what the first draw is filled with. */
  constructor(first: number) {
    this.#next = first;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(length).fill(this.#next++);
  }
}
