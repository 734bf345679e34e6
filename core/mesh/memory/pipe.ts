import type { Clock } from "../../ports/clock.ts";

export interface PipeInit {
  readonly clock: Clock;
  /** How long the next piece takes, in milliseconds. */
  readonly travelTime: () => number;
  /** Whether anything gets through now. */
  readonly passable: () => boolean;
  readonly deliver: (bytes: Uint8Array) => void;
}

/** One direction of a link: delivers in order, holds what cannot get through, and knows how much is under way. */
export class Pipe {
  readonly #init: PipeInit;
  #underWay: { readonly bytes: Uint8Array; readonly due: number }[] = [];
  #lastDue = 0;
  #size = 0;
  #ended = false;
  #reading = true;
  #whenEmpty: (() => void) | null = null;

  constructor(init: PipeInit) {
    this.#init = init;
  }

  /** Bytes written and not yet delivered. */
  get size(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    if (this.#ended) return;
    const { clock, travelTime } = this.#init;
    const due = Math.max(this.#lastDue, clock.elapsed() + travelTime());
    this.#lastDue = due;
    this.#underWay.push({ bytes, due });
    this.#size += bytes.length;
    clock.after(due - clock.elapsed(), () => this.flush());
  }

  /** Delivers all that is due, if anything gets through; to be called when the way opens again. */
  flush(): void {
    while (this.#reading && !this.#ended && this.#init.passable()) {
      const first = this.#underWay[0];
      if (first === undefined || first.due > this.#init.clock.elapsed()) break;
      this.#underWay.shift();
      this.#size -= first.bytes.length;
      this.#init.deliver(first.bytes);
    }
    if (this.#underWay.length === 0 && !this.#ended) this.#empty();
  }

  /** Stops or starts reading at the far end. */
  setReading(reading: boolean): void {
    this.#reading = reading;
    if (reading) this.flush();
  }

  /** Calls back once after all that is under way has been delivered and one more travel time has passed. */
  afterLast(callback: () => void): void {
    this.#whenEmpty = callback;
    const { clock, travelTime } = this.#init;
    const due = Math.max(this.#lastDue, clock.elapsed() + travelTime());
    this.#lastDue = due;
    clock.after(due - clock.elapsed(), () => this.flush());
  }

  /** Drops what is under way. */
  end(): void {
    this.#ended = true;
    this.#underWay = [];
    this.#size = 0;
  }

  #empty(): void {
    if (this.#whenEmpty === null || !this.#init.passable() || !this.#reading) return;
    if (this.#init.clock.elapsed() < this.#lastDue) return;
    const callback = this.#whenEmpty;
    this.#whenEmpty = null;
    callback();
  }
}
