import type { Size } from "./layers.ts";

/** What an encoder must make. */
export interface Encoding extends Size {
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** `detail` keeps text sharp, `motion` keeps movement smooth. */
  readonly content: "motion" | "detail";
}

export interface EncodedPicture {
  readonly isKeyFrame: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly timestamp: number;
  /** From giving the frame to getting this, in ms. */
  readonly tookMs: number;
}

/** Frames that may wait in the encoder: on a machine that is too slow, pictures are left out before they cost anything. */
const MAX_WAITING = 1;
/** An encoder that holds a frame for so long, in ms, will not give it back. */
const STUCK_MS = 3_000;
/** A changed bitrate matters from this share on. */
const BITRATE_STEP = 0.1;

/** One VP8 encoder of WebCodecs. One that fails is replaced with the next frame. */
export class LayerEncoder {
  readonly #onPicture: (picture: EncodedPicture) => void;
  readonly #elapsed: () => number;
  #encoder: VideoEncoder | null = null;
  /** When each frame went in, by its timestamp. */
  readonly #began = new Map<number, number>();
  #encoding: Encoding | null = null;
  #keyFrameDue = true;

  constructor(elapsed: () => number, onPicture: (picture: EncodedPicture) => void) {
    this.#elapsed = elapsed;
    this.#onPicture = onPicture;
  }

  /** Whether a frame given now would only wait. An encoder that gives nothing for long is replaced. */
  get isBusy(): boolean {
    if ((this.#encoder?.encodeQueueSize ?? 0) <= MAX_WAITING) return false;
    const [oldest] = this.#began.values();
    if (oldest !== undefined && this.#elapsed() - oldest < STUCK_MS) return true;
    this.close();
    return false;
  }

  /** The next frame becomes a key frame. */
  makeKeyFrame(): void {
    this.#keyFrameDue = true;
  }

  /** Encodes one frame; the caller closes it. */
  encode(frame: VideoFrame, encoding: Encoding): void {
    try {
      const encoder = this.#prepare(encoding);
      this.#began.set(frame.timestamp, this.#elapsed());
      encoder.encode(frame, { keyFrame: this.#keyFrameDue });
      this.#keyFrameDue = false;
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#encoder !== null && this.#encoder.state !== "closed") this.#encoder.close();
    this.#encoder = null;
    this.#encoding = null;
    this.#keyFrameDue = true;
    this.#began.clear();
  }

  #prepare(encoding: Encoding): VideoEncoder {
    if (this.#encoder === null || this.#encoder.state === "closed") {
      this.#encoding = null;
      this.#keyFrameDue = true;
      this.#encoder = this.#create();
    }
    if (this.#encoding === null || differs(this.#encoding, encoding)) {
      this.#encoding = encoding;
      this.#encoder.configure({
        codec: "vp8",
        width: encoding.width,
        height: encoding.height,
        bitrate: encoding.bitsPerSecond,
        framerate: encoding.framesPerSecond,
        latencyMode: "realtime",
        contentHint: encoding.content,
        scalabilityMode: "L1T1",
      });
    }
    return this.#encoder;
  }

  #create(): VideoEncoder {
    const encoder: VideoEncoder = new VideoEncoder({
      output: (chunk) => {
        if (this.#encoder === encoder) this.#give(chunk);
      },
      error: () => {
        if (this.#encoder === encoder) this.close();
      },
    });
    return encoder;
  }

  #give(chunk: EncodedVideoChunk): void {
    const { timestamp } = chunk;
    const tookMs = this.#elapsed() - (this.#began.get(timestamp) ?? this.#elapsed());
    // An encoder gives pictures in the order of their frames, and may leave some out.
    for (const known of this.#began.keys()) if (known <= timestamp) this.#began.delete(known);
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    this.#onPicture({ isKeyFrame: chunk.type === "key", bytes, timestamp, tookMs });
  }
}

function differs(one: Encoding, other: Encoding): boolean {
  return (
    one.width !== other.width ||
    one.height !== other.height ||
    one.content !== other.content ||
    Math.abs(one.bitsPerSecond - other.bitsPerSecond) > BITRATE_STEP * one.bitsPerSecond
  );
}
