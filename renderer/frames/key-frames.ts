/** Least time between two requests for a key frame on one stream, in ms. */
export const KEY_FRAME_INTERVAL_MS = 250;

export interface KeyFrameOptions {
  /** Asks the encoder for a key frame. */
  readonly ask: () => void;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
}

/** Once a frame of a video stream is lost, the next ones cannot be decoded until a key frame: this waits and asks for it. */
export class KeyFrameGate {
  readonly #options: KeyFrameOptions;
  #waiting = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: KeyFrameOptions) {
    this.#options = options;
  }

  /** A frame was lost. */
  lost(): void {
    this.#waiting = true;
    this.#ask();
  }

  /** Whether a frame of this sort may pass; a key frame opens the gate. */
  admits(isKeyFrame: boolean): boolean {
    if (isKeyFrame) this.#waiting = false;
    if (this.#waiting) this.#ask();
    return !this.#waiting;
  }

  #ask(): void {
    const now = this.#options.elapsed();
    if (now - this.#askedAt < KEY_FRAME_INTERVAL_MS) return;
    this.#askedAt = now;
    this.#options.ask();
  }
}
