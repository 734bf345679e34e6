import type { PictureKind } from "../messages.ts";

/** A screen's latest frame and when it came, in ms. */
export interface Latest {
  readonly frame: VideoFrame;
  readonly at: number;
}

/**
 * Only a shared screen needs its latest frame again: a camera gives another soon. Chromium lends two frames of one source
 * at a time, and none while two are held anywhere in the page, so one that is kept here and one that is lost anywhere
 * would end the camera's picture for good.
 */
export class LatestFrame {
  readonly #kind: PictureKind;
  readonly #elapsed: () => number;
  #value: Latest | null = null;

  constructor(kind: PictureKind, elapsed: () => number) {
    this.#kind = kind;
    this.#elapsed = elapsed;
  }

  /** Null where the next frame is never far. */
  get value(): Latest | null {
    return this.#value;
  }

  /** Keeps a screen's frame, which is closed when the next one comes. A camera's stays the caller's. */
  take(frame: VideoFrame): void {
    if (this.#kind === "camera") return;
    this.forget();
    this.#value = { frame, at: this.#elapsed() };
  }

  forget(): void {
    this.#value?.frame.close();
    this.#value = null;
  }
}
