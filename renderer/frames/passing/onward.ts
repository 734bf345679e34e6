import type { Ending } from "../../../core/base/scope.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Passed } from "../../../core/contract/passing.ts";
import type { Tally } from "../counts.ts";
import type { FrameHandler } from "../frame-stream.ts";
import { Carrier, type SealedPicture, type TickFrame } from "../pictures/carrier.ts";
import { tickWriter } from "../pictures/tick-frame.ts";
import type { SlotPlace } from "./arrivals.ts";

export interface OnwardPlace extends SlotPlace {
  readonly generation: number;
}

export interface OnwardOptions {
  readonly after: (ms: number, then: () => void) => Ending;
  /** Asks for a key frame of pictures that are passed on. */
  readonly askKeyFrame: (passed: Passed) => void;
}

interface Placed {
  readonly place: OnwardPlace;
  readonly carrier: Carrier;
  of: Passed | null;
}

const keyOf = ({ member, slot }: SlotPlace): string => `${slot} ${member}`;

/** Others' pictures on their way on, sealed as they came, over the spare streams of one's links. */
export class Onward {
  readonly #options: OnwardOptions;
  readonly #placed = new Map<string, Placed>();

  constructor(options: OnwardOptions) {
    this.#options = options;
  }

  /** A spare stream is ready to carry something. */
  addCarrier(place: OnwardPlace, ticks: WritableStream<VideoFrame>, tally: Tally): void {
    const key = keyOf(place);
    this.#placed.get(key)?.carrier.close();
    const placed: Placed = {
      place,
      of: null,
      carrier: new Carrier({
        tally,
        after: this.#options.after,
        tick: tickWriter(ticks),
        onKeyFrameWanted: () => {
          if (placed.of !== null) this.#options.askKeyFrame(placed.of);
        },
      }),
    };
    this.#placed.set(key, placed);
  }

  /** What a spare stream carries from now on; null for nothing. */
  carry(place: SlotPlace, of: Passed | null): void {
    const placed = this.#placed.get(keyOf(place));
    if (placed === undefined) return;
    placed.of = of;
    if (of !== null) placed.carrier.restart();
  }

  /** A picture has come that may be passed on. */
  give(passed: Passed, picture: SealedPicture): void {
    for (const { of, carrier } of this.#placed.values()) {
      if (of?.origin === passed.origin && of.kind === passed.kind) carrier.offer(picture);
    }
  }

  /** Replaces the frames of a spare stream's encoder. */
  carrying({ generation, ...place }: OnwardPlace): FrameHandler<TickFrame> {
    const carrier = (): Carrier | null => {
      const placed = this.#placed.get(keyOf(place));
      return placed?.place.generation === generation ? placed.carrier : null;
    };
    return {
      handle: (frame) => carrier()?.handle(frame) ?? Promise.resolve(false),
      lost: () => carrier()?.lost(),
    };
  }

  /** The link to a member is gone, and with it what came from there and went there. */
  forget(member: MemberId): void {
    for (const [key, placed] of this.#placed) {
      if (placed.place.member === member) {
        placed.carrier.close();
        this.#placed.delete(key);
      } else if (placed.of?.origin === member) placed.of = null;
    }
  }
}
