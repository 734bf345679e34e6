import type { MemberId } from "../../core/contract/parts.ts";
import { selectedPair } from "../../core/media/link-path.ts";
import { rtpStreams } from "./rtp-streams.ts";
import type { SoundLoss } from "./sound-repair.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** How often each link is asked, in ms. */
const EVERY_MS = 1_000;
/** A link that only began does not know yet what it can carry, for so long, in ms. */
const SETTLES_MS = 3_000;
/** What sound takes on a link with everything around it, in bit/s: it comes before any picture. */
const SOUND = 64_000;
/** What it takes besides where it is sent twice. */
const SOUND_AGAIN = 33_000;

export interface LinkEstimatesOptions {
  readonly clock: Clock;
  readonly statistics: (member: MemberId) => Promise<RTCStatsReport> | null;
  readonly isSoundTwice: (member: MemberId) => boolean;
  /** Bit/s that are left for pictures. */
  readonly onEstimate: (member: MemberId, bitsPerSecond: number) => void;
  /** The other side's latest word on what it missed of one's sound; the same word each time until there is another. */
  readonly onSoundLoss: (member: MemberId, loss: SoundLoss) => void;
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
    if (report !== null && report !== undefined) this.#tell(member, report);
    this.#wait(member, EVERY_MS);
  }

  #tell(member: MemberId, report: RTCStatsReport): void {
    const { onEstimate, onSoundLoss, isSoundTwice } = this.#options;
    const lost = soundLoss(report);
    if (lost !== null) onSoundLoss(member, lost);
    const total = selectedPair(report)?.availableOutgoingBitrate;
    const sound = SOUND + (isSoundTwice(member) ? SOUND_AGAIN : 0);
    if (total !== undefined) onEstimate(member, Math.max(0, Math.round(total - sound)));
  }
}

function soundLoss(report: RTCStatsReport): SoundLoss | null {
  const { remote } = rtpStreams(report);
  const word = remote.find(({ kind }) => kind === "audio");
  return word?.fractionLost === undefined ? null : { share: word.fractionLost, at: word.timestamp };
}
