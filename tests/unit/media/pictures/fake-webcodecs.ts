/** As much of WebCodecs' frame as is used. */
export class Frame {
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly timestamp: number;
  closed = false;

  constructor(from: { displayWidth: number; displayHeight: number; timestamp?: number }, init?: { timestamp: number }) {
    this.displayWidth = from.displayWidth;
    this.displayHeight = from.displayHeight;
    this.timestamp = init?.timestamp ?? from.timestamp ?? 0;
  }

  close(): void {
    this.closed = true;
  }
}

/** The camera's next frame, in this size. */
export function frameOf(timestamp: number, width = 640, height = 360): VideoFrame {
  return new Frame({ displayWidth: width, displayHeight: height, timestamp }) as never;
}

interface Encoded {
  readonly width: number;
  readonly bitrate: number;
  readonly isKeyFrame: boolean;
  readonly timestamp: number;
}

/** WebCodecs' encoder, at once done: what it was asked for is in `encoded`. */
export class Encoder {
  static made = 0;
  static encoded: Encoded[] = [];
  /** The first so many encoders never give anything back. */
  static stuck = 0;
  /** Fails on the next frame, and not as an encoder should: when it is asked how much it has to do. */
  static failing = false;
  state = "unconfigured";
  readonly #isStuck = Encoder.made < Encoder.stuck;
  #queued = 0;
  #config = { width: 0, bitrate: 0 };
  readonly #output: (chunk: object) => void;

  constructor({ output }: { output: (chunk: object) => void }) {
    Encoder.made++;
    this.#output = output;
  }

  get encodeQueueSize(): number {
    if (!Encoder.failing) return this.#queued;
    Encoder.failing = false;
    throw new Error("lost its process");
  }

  configure(config: { width: number; bitrate: number }): void {
    this.state = "configured";
    this.#config = config;
  }

  encode({ timestamp }: Frame, { keyFrame }: { keyFrame: boolean }): void {
    if (this.#isStuck) {
      this.#queued++;
      return;
    }
    Encoder.encoded.push({ ...this.#config, isKeyFrame: keyFrame, timestamp });
    const bytes = keyFrame ? [0x10, 2, 0, 0x9d, 1, 0x2a, 64, 1, 180, 0, 7] : [0x31, 1, 0, 7];
    this.#output({
      byteLength: bytes.length,
      type: keyFrame ? "key" : "delta",
      timestamp,
      copyTo: (to: Uint8Array) => to.set(bytes),
    });
  }

  close(): void {
    this.state = "closed";
  }
}
