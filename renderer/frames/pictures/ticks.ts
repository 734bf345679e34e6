/** A tick given again comes this much after the latest one, in microseconds: apart enough to be told from it. */
const AGAIN_AFTER_US = 8_000;
const RTP_PER_MS = 90;
/** Ticks remembered at most. */
const MOST = 64;

/**
 * The ticks given to one encoder and not seen to come out, in their order. The encoder leaves some out when the machine is
 * slow, and says nothing; the times of those that come out tell which.
 */
export class Ticks {
  #given: number[] = [];
  #latest = Number.NEGATIVE_INFINITY;
  /** Time and RTP timestamp of the last tick that came out. */
  #last: { readonly timestamp: number; readonly rtp: number } | null = null;

  /** The time of the next tick: `wanted` or, since none may be earlier than the one before or have its time, a little later. */
  next(wanted: number | null): number {
    this.#latest = wanted !== null && wanted >= this.#latest + 1_000 ? wanted : this.#latest + AGAIN_AFTER_US;
    this.#given.push(this.#latest);
    if (this.#given.length > MOST) this.#given.shift();
    return this.#latest;
  }

  /** A tick came out with this RTP timestamp (90 kHz). Gives how many before it never will. */
  out(rtp: number): number {
    const index = this.#indexOf(rtp);
    const timestamp = this.#given[index];
    if (timestamp === undefined) return 0;
    this.#given.splice(0, index + 1);
    this.#last = { timestamp, rtp };
    return index;
  }

  #indexOf(rtp: number): number {
    const { length } = this.#given;
    // Without one before, the first that comes out is taken for the latest that was given: all others were before the encoder ran.
    if (this.#last === null) return length - 1;
    const passed = ((rtp - this.#last.rtp) | 0) / RTP_PER_MS;
    let nearest = 0;
    for (let index = 1; index < length; index++) {
      if (this.#distance(index, passed) < this.#distance(nearest, passed)) nearest = index;
    }
    return nearest;
  }

  #distance(index: number, passedMs: number): number {
    const expected = ((this.#given[index] ?? 0) - (this.#last?.timestamp ?? 0)) / 1000;
    return Math.abs(expected - passedMs);
  }
}
