/** Least time between the first two requests for a key frame on one stream, in ms; each next one waits twice as long as the last. */
export const KEY_FRAME_INTERVAL_MS = 250;
/** The longest of these waits, and how long a stream must have needed none to begin anew, in ms. */
const LONGEST_INTERVAL_MS = 2_000;
const CALM_MS = 5_000;

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
  #interval = KEY_FRAME_INTERVAL_MS;

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
    const since = now - this.#askedAt;
    if (since < this.#interval) return;
    // A machine that is too slow loses frames because it is: key frames, the largest of all, would make it slower still.
    const calm = since > CALM_MS;
    this.#interval = calm ? KEY_FRAME_INTERVAL_MS : Math.min(this.#interval * 2, LONGEST_INTERVAL_MS);
    this.#askedAt = now;
    this.#options.ask();
  }
}
