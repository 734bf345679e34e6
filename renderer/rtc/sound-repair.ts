import type { MemberId } from "../../core/contract/parts.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** From this share of lost packets on sound is sent twice, and below the other, for so long in ms, once again. */
const LOSSY = 0.02;
const CALM = 0.005;
const CALM_MS = 30_000;
/** How much the latest word counts. WebRTC gives one every 5 s for sound, of some 125 packets. */
const WEIGHT = 0.5;

/** What a member says of one's sound: which share of it, 0 to 1, did not arrive since the last word, and when that word came. */
export interface SoundLoss {
  readonly share: number;
  readonly at: number;
}

interface Known {
  average: number;
  at: number;
  twice: boolean;
  calmSince: number | null;
}

/** To whom sound is sent twice, each packet with the last one's sound: it costs as much again, and hides most loss. */
export class SoundRepair {
  readonly #clock: Clock;
  readonly #setTwice: (member: MemberId, twice: boolean) => void;
  readonly #known = new Map<MemberId, Known>();

  constructor(clock: Clock, setTwice: (member: MemberId, twice: boolean) => void) {
    this.#clock = clock;
    this.#setTwice = setTwice;
  }

  isTwice(member: MemberId): boolean {
    return this.#known.get(member)?.twice ?? false;
  }

  /** A member's word, said again as often as it is looked for; what is no share is no word. */
  hear(member: MemberId, { share, at }: SoundLoss): void {
    if (!(share >= 0 && share <= 1)) return;
    const known = this.#known.get(member) ?? {
      average: 0,
      at: Number.NEGATIVE_INFINITY,
      twice: false,
      calmSince: null,
    };
    this.#known.set(member, known);
    if (at !== known.at) learn(known, { share, at }, this.#clock.elapsed());
    const twice = known.average >= LOSSY || (known.twice && !this.#isCalm(known));
    if (twice === known.twice) return;
    known.twice = twice;
    this.#setTwice(member, twice);
  }

  /** The link is gone; the next one begins with sound sent once. */
  forget(member: MemberId): void {
    this.#known.delete(member);
  }

  #isCalm({ calmSince }: Known): boolean {
    return calmSince !== null && this.#clock.elapsed() - calmSince >= CALM_MS;
  }
}

function learn(known: Known, { share, at }: SoundLoss, now: number): void {
  known.at = at;
  known.average += WEIGHT * (share - known.average);
  if (known.average >= CALM) known.calmSince = null;
  else known.calmSince ??= now;
}
