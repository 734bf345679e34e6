import type { Ending } from "../../../core/base/scope.ts";
import { encodePicturePayload, PICTURE_NUMBERS } from "../../../core/sframe/picture-payload.ts";
import { clearBytesOf } from "../clear-bytes.ts";
import type { Keyring } from "../keyring.ts";
import type { EncodedLayer, PictureKind } from "../messages.ts";
import type { SealedPicture } from "./carrier.ts";
import { FrameRate } from "./frame-rate.ts";
import type { Latest } from "./latest-frame.ts";
import { KeyFramePace } from "./key-frame-pace.ts";
import { LayerEncoder, type EncodedPicture, type Encoding } from "./layer-encoder.ts";
import { sizeWithin, type Layer, type Size } from "./layers.ts";
import type { RateGovernor } from "./rate-governor.ts";

/** How much later than the last one a picture is said to be that is encoded a second time, in microseconds. */
const AGAIN_AFTER_US = 5_000;
/** While others pass a picture on that stands still, it is encoded again so often, in ms, so that its sender's word goes with it. */
export const STILL_AGAIN_MS = 600;
/** The least share of a layer's bitrate at a low frame rate, and the steps of that share. */
const MIN_RATE_SHARE = 0.4;
const RATE_STEP = 0.2;

export interface PictureSurroundings {
  readonly keyring: Keyring;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  readonly after: (ms: number, then: () => void) => Ending;
}

export interface RunningLayerOptions {
  readonly layer: Layer;
  readonly kind: PictureKind;
  readonly surroundings: PictureSurroundings;
  readonly governor: RateGovernor;
  /** Null where the next frame is never far. */
  readonly latest: () => Latest | null;
  /** What the weakest of its links can carry, in bit/s; null before any was measured. */
  readonly carried: () => number | null;
  /** What goes with the next picture for those to whom others pass it on; empty for most. */
  readonly attestation: (isKeyFrame: boolean) => Uint8Array;
  /** Whether others pass it on. */
  readonly isPassedOn: () => boolean;
  /** A picture to be sent, sealed; null for one that could not be sealed and is lost. In order. */
  readonly onPicture: (picture: SealedPicture | null) => void;
}

/** One size of a picture while somebody gets it: encoded once, sealed once. */
export class RunningLayer {
  readonly #options: RunningLayerOptions;
  readonly #encoder: LayerEncoder;
  readonly #pace: KeyFramePace;
  readonly #rate = new FrameRate();
  /** Microseconds of the latest frame that was encoded. */
  #timestamp = Number.NEGATIVE_INFINITY;
  /** Ends when every picture encoded so far is on its way, so that encryption cannot change their order. */
  #turn: Promise<void> = Promise.resolve();
  #size: Size = { width: 0, height: 0 };
  #retry: Ending | null = null;
  #still: Ending | null = null;
  #number = 0;
  #stopped = false;

  constructor(options: RunningLayerOptions) {
    const { elapsed } = options.surroundings;
    this.#options = options;
    this.#encoder = new LayerEncoder(elapsed, (picture) => this.#onEncoded(picture));
    this.#pace = new KeyFramePace(elapsed);
  }

  /** Bit/s that it spends on each link now: fewer pictures need fewer bits. */
  get bitsPerSecond(): number {
    const { layer, carried } = this.#options;
    // In steps, so that the encoder is not told anew all the time.
    const share = Math.round(this.#framesPerSecond / layer.framesPerSecond / RATE_STEP) * RATE_STEP;
    const most = layer.most * Math.min(1, Math.max(MIN_RATE_SHARE, share));
    return Math.max(layer.least, Math.min(most, carried() ?? most));
  }

  /** What it makes now. */
  counts(): EncodedLayer {
    const { kind } = this.#options;
    const { width, height } = this.#size;
    return { kind, width, height, framesPerSecond: this.#rate.measured(0), bitsPerSecond: this.bitsPerSecond };
  }

  /** The camera gave a frame. The caller closes it. */
  take(frame: VideoFrame): void {
    if (this.#isDue(frame)) this.#encode(frame);
  }

  /** Somebody needs a key frame: the next one, or the latest once more where there may be no next for minutes. */
  wantKeyFrame(urgency: "soon" | "at once"): void {
    this.#pace.want(urgency);
    this.#encodeAgain();
  }

  /** Nothing comes from it any more, also not what is being sealed now: it would not fit behind another's key frame. */
  stop(): void {
    this.#stopped = true;
    this.#retry?.();
    this.#still?.();
    this.#encoder.close();
  }

  get #framesPerSecond(): number {
    return this.#rate.measured(this.#options.layer.framesPerSecond);
  }

  #isDue(frame: VideoFrame): boolean {
    const rate = Math.min(this.#options.layer.framesPerSecond, this.#options.governor.limit);
    const isLater = frame.timestamp > this.#timestamp;
    return isLater && !this.#encoder.isBusy && this.#rate.admits(frame.timestamp, rate);
  }

  #encodeAgain(): void {
    this.#retry?.();
    this.#retry = null;
    const latest = this.#options.latest();
    const due = this.#pace.dueInMs();
    if (latest === null || due === null) return;
    const { after } = this.#options.surroundings;
    if (due > 0) {
      this.#retry = after(due, () => this.#encodeAgain());
      return;
    }
    this.#repeat(latest);
  }

  #repeat({ frame, at }: Latest): void {
    const now = frame.timestamp + Math.round((this.#options.surroundings.elapsed() - at) * 1000);
    const again = new VideoFrame(frame, { timestamp: Math.max(now, this.#timestamp + AGAIN_AFTER_US) });
    this.#encode(again);
    again.close();
  }

  #repeatWhileStill(): void {
    this.#still?.();
    this.#still = null;
    if (!this.#options.isPassedOn() || this.#options.latest() === null) return;
    this.#still = this.#options.surroundings.after(STILL_AGAIN_MS, () => {
      const latest = this.#options.latest();
      if (latest !== null && this.#options.isPassedOn()) this.#repeat(latest);
    });
  }

  #encode(frame: VideoFrame): void {
    if (this.#pace.take()) this.#encoder.makeKeyFrame();
    this.#timestamp = frame.timestamp;
    const encoding = this.#encodingOf(frame);
    this.#size = { width: encoding.width, height: encoding.height };
    this.#encoder.encode(frame, encoding);
  }

  #encodingOf(frame: VideoFrame): Encoding {
    const { layer, kind } = this.#options;
    return {
      ...sizeWithin(layer, sizeOf(frame)),
      bitsPerSecond: this.bitsPerSecond,
      framesPerSecond: layer.framesPerSecond,
      content: kind === "camera" ? "motion" : "detail",
    };
  }

  #onEncoded(picture: EncodedPicture): void {
    this.#options.governor.took(picture.tookMs, this.#framesPerSecond);
    const { keyring } = this.#options.surroundings;
    const clear = clearBytesOf(this.#options.kind, picture.bytes);
    const payload = encodePicturePayload({
      picture: picture.bytes,
      number: this.#number,
      attestation: this.#options.attestation(picture.isKeyFrame),
    });
    this.#number = (this.#number + 1) % PICTURE_NUMBERS;
    const sealing = keyring.sealer?.seal(payload, clear) ?? null;
    this.#turn = Promise.all([sealing, this.#turn]).then(
      ([sealed]) => this.#give(picture, sealed),
      () => this.#give(picture, null),
    );
  }

  /** Nothing leaves unsealed: without a key the picture is lost for everybody. */
  #give({ isKeyFrame, timestamp }: EncodedPicture, sealed: Uint8Array<ArrayBuffer> | null): void {
    if (this.#stopped) return;
    this.#repeatWhileStill();
    this.#options.onPicture(sealed === null ? null : { isKeyFrame, timestamp, data: sealed.buffer });
  }
}

/** The size at which a frame is shown. */
export function sizeOf(frame: VideoFrame): Size {
  return { width: frame.displayWidth, height: frame.displayHeight };
}
