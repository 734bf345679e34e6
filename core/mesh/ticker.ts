import type { Ending } from "../base/scope.ts";
import type { Clock } from "../ports/clock.ts";

/** Calls `tick` every `everyMs` milliseconds until ended. A slow tick delays the next one; ticks never pile up. */
export function every(clock: Clock, everyMs: number, tick: () => void): Ending {
  let ended = false;
  let cancel: Ending = () => undefined;
  const arm = (): void => {
    cancel = clock.after(everyMs, () => {
      tick();
      if (!ended) arm();
    });
  };
  arm();
  return () => {
    ended = true;
    cancel();
  };
}
