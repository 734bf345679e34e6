import type { Ending } from "../base/scope.ts";

/** Time, injected so that tests can own it. */
export interface Clock {
  /** Milliseconds since the Unix epoch: what people read. It may jump. */
  now(): number;
  /** Milliseconds since an arbitrary start. It never goes back: what durations are measured with. */
  elapsed(): number;
  /** Calls `callback` once after `delayMs`. The returned ending cancels it. */
  after(delayMs: number, callback: () => void): Ending;
}
