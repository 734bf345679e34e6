import type { Ending } from "../../base/scope.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Alarm, AlarmHeap } from "./alarm-heap.ts";

export interface VirtualClockOptions {
  /** What people would read at the start, in milliseconds since the Unix epoch. */
  readonly startsAt?: number;
  /** Lets work that is not timed (promises, cryptography) finish before time goes on, in the asynchronous methods. */
  readonly settle?: () => Promise<void>;
}

/** A clock that stands still until it is told to go on. Callbacks due at the same moment run in the order they were asked for. */
export class VirtualClock implements Clock {
  readonly #startsAt: number;
  readonly #settle: () => Promise<void>;
  readonly #alarms = new AlarmHeap();
  #elapsed = 0;
  #order = 0;

  constructor(options: VirtualClockOptions = {}) {
    this.#startsAt = options.startsAt ?? Date.UTC(2030, 0, 1, 12);
    this.#settle = options.settle ?? oneTurn;
  }

  now(): number {
    return this.#startsAt + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(delayMs: number, callback: () => void): Ending {
    const alarm: Alarm = { due: this.#elapsed + Math.max(0, delayMs), order: this.#order++, ring: callback };
    this.#alarms.push(alarm);
    return () => this.#alarms.cancel(alarm);
  }

  /** How many callbacks wait for their time. */
  get waiting(): number {
    return this.#alarms.size;
  }

  /** Goes on by `ms` milliseconds and runs all that comes due on the way, also what that starts in turn. */
  advance(ms: number): void {
    const end = this.#elapsed + ms;
    while (this.#ringNext(end));
    this.#elapsed = end;
  }

  /** Goes to the next moment at which something is due and runs one callback. False when nothing waits. */
  advanceToNext(): boolean {
    return this.#ringNext(Number.POSITIVE_INFINITY);
  }

  /** Like `advance`, and lets untimed work settle before each callback and at the end. */
  async run(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await this.#settle();
    while (this.#ringNext(end)) await this.#settle();
    this.#elapsed = end;
  }

  /** Goes on, settling, until the condition holds. False when it does not within `limitMs` milliseconds of this clock. */
  async until(condition: () => boolean, limitMs: number): Promise<boolean> {
    const end = this.#elapsed + limitMs;
    await this.#settle();
    while (!condition()) {
      if (!this.#ringNext(end)) {
        this.#elapsed = end;
        return condition();
      }
      await this.#settle();
    }
    return true;
  }

  #ringNext(latest: number): boolean {
    const next = this.#alarms.takeUntil(latest);
    if (next === null) return false;
    this.#elapsed = next.due;
    next.ring();
    return true;
  }
}

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
