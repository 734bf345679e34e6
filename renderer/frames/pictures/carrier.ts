import type { Ending } from "../../../core/base/scope.ts";
import type { Tally } from "../counts.ts";
import type { EncodedFrame, FrameHandler } from "../frame-stream.ts";
import { Ticks } from "./ticks.ts";

/** A picture, encoded and sealed for everybody. */
export interface SealedPicture {
  readonly isKeyFrame: boolean;
  readonly data: ArrayBuffer;
  /** Microseconds, as the camera gave them. */
  readonly timestamp: number;
}

/** What a link's own encoder puts out, as far as it is looked at. */
export interface TickFrame extends EncodedFrame {
  readonly type?: string;
  getMetadata(): { readonly rtpTimestamp?: number };
}

/** Pictures that may wait for their turn on one link: a quarter of a second at the highest rate. */
const MAX_QUEUED = 8;

/**
 * A tick that has not come out after so long, in ms, with no picture before or after it, never will: a shared screen may
 * give one picture and then none for minutes, and no later tick tells of it.
 */
export const STILL_MS = 1_000;

export interface CarrierOptions {
  readonly tally: Tally;
  readonly after: (ms: number, then: () => void) => Ending;
  /** Gives the link's own encoder a tiny picture of this time, in microseconds. */
  readonly tick: (timestamp: number) => void;
  /** The next picture must be a key frame: the other side asked for one, or something was lost on the way out. */
  readonly onKeyFrameWanted: () => void;
}

/**
 * The way of pictures over one link. The link's own encoder gets a tiny picture, a tick, for each of ours, and what it
 * makes of it is replaced by ours: so WebRTC numbers, paces and repeats our frames as its own. A tick that the encoder
 * leaves out is given again. A tick that leaves without a picture would be a gap, after which the other side waits for a
 * key frame; so does this.
 */
export class Carrier implements FrameHandler<TickFrame> {
  readonly #options: CarrierOptions;
  readonly #ticks = new Ticks();
  #queue: SealedPicture[] = [];
  /** Whether the link's encoder is known to run. */
  #flows = false;
  #needsKey = true;
  #still: Ending = () => undefined;

  constructor(options: CarrierOptions) {
    this.#options = options;
  }

  /** Takes a picture to be sent next. */
  offer(picture: SealedPicture): void {
    if (picture.isKeyFrame) {
      this.#needsKey = false;
      if (!this.#flows) this.#queue = [];
    }
    // Before the link's encoder runs, it is tried again and again; afterwards no tick may go without a picture.
    if (this.#needsKey && this.#flows) return this.#options.onKeyFrameWanted();
    if (!this.#needsKey) this.#queue.push(picture);
    if (this.#queue.length > MAX_QUEUED) return this.#startOver();
    this.#tick(picture.timestamp);
    this.#waitForTick();
  }

  /** The path was away or the layer changed: only a key frame makes sense next. */
  restart(): void {
    this.#needsKey = true;
    this.#options.onKeyFrameWanted();
  }

  handle(frame: TickFrame): Promise<boolean> {
    const began = this.#flows;
    this.#flows = true;
    const leftOut = this.#ticks.out(frame.getMetadata().rtpTimestamp ?? 0);
    // The ticks of the pictures before the latest never came out, and without them it is of no use.
    if (!began && this.#queue.length > 1) this.#queue = [];
    const picture = this.#queue.shift();
    if (picture === undefined) {
      this.restart();
      return Promise.resolve(false);
    }
    if (began) for (let missing = 0; missing < Math.min(leftOut, this.#queue.length); missing++) this.#tick(null);
    if (began && frame.type === "key" && !picture.isKeyFrame) this.#options.onKeyFrameWanted();
    // A frame that is written takes its bytes away with it, and the other links need them too.
    frame.data = picture.data.slice(0);
    this.#options.tally.sealed++;
    this.#waitForTick();
    return Promise.resolve(true);
  }

  lost(): void {
    this.#options.tally.unsealed++;
    this.restart();
  }

  /** The link is gone, and nothing goes out any more. */
  close(): void {
    this.#still();
    this.#queue = [];
  }

  #waitForTick(): void {
    this.#still();
    if (this.#queue.length === 0) return;
    this.#still = this.#options.after(STILL_MS, () => {
      this.#tick(null);
      this.#waitForTick();
    });
  }

  #tick(timestamp: number | null): void {
    this.#options.tick(this.#ticks.next(timestamp));
  }

  #startOver(): void {
    this.#options.tally.unsealed += this.#queue.length;
    this.#queue = [];
    this.#flows = false;
    this.restart();
  }
}
