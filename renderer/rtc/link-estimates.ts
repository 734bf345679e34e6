import type { MemberId } from "../../core/contract/parts.ts";
import { selectedPair } from "../../core/media/link-path.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** How often each link is asked, in ms. */
const EVERY_MS = 1_000;
/** A link that only began does not know yet what it can carry, for so long, in ms. */
const SETTLES_MS = 3_000;
/** What sound takes on a link with everything around it, in bit/s: it comes before any picture. */
const SOUND = 64_000;

export interface LinkEstimatesOptions {
  readonly clock: Clock;
  readonly statistics: (member: MemberId) => Promise<RTCStatsReport> | null;
  /** Bit/s that are left for pictures. */
  readonly onEstimate: (member: MemberId, bitsPerSecond: number) => void;
}

/** Asks each link in turn for its own estimate of its bandwidth. */
export class LinkEstimates {
  readonly #options: LinkEstimatesOptions;
  readonly #timers = new Map<MemberId, Ending>();

  constructor(options: LinkEstimatesOptions) {
    this.#options = options;
  }

  /** The path is there, for the first time or again. */
  linkUp(member: MemberId): void {
    this.forget(member);
    this.#wait(member, SETTLES_MS);
  }

  forget(member: MemberId): void {
    this.#timers.get(member)?.();
    this.#timers.delete(member);
  }

  #wait(member: MemberId, ms: number): void {
    const timer = this.#options.clock.after(ms, () => void this.#ask(member, timer));
    this.#timers.set(member, timer);
  }

  async #ask(member: MemberId, timer: Ending): Promise<void> {
    const report = await this.#options.statistics(member)?.catch(() => null);
    // The link may have been closed, or another begun, in the meantime.
    if (this.#timers.get(member) !== timer) return;
    const total = report === null || report === undefined ? undefined : selectedPair(report)?.availableOutgoingBitrate;
    if (total !== undefined) this.#options.onEstimate(member, Math.max(0, Math.round(total - SOUND)));
    this.#wait(member, EVERY_MS);
  }
}
