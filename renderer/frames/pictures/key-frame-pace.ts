/** Least time between two key frames of one layer that somebody asked for, in ms. */
export const KEY_FRAME_PACE_MS = 1_000;
/** The same for a link that only begins: nobody should look at nothing for a second. */
const BEGINNING_PACE_MS = 250;

/** When a layer makes key frames, whoever asks and however often: they are the largest frames of all. */
export class KeyFramePace {
  readonly #elapsed: () => number;
  #madeAt = Number.NEGATIVE_INFINITY;
  #wanted: "no" | "soon" | "at once" = "no";

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  want(urgency: "soon" | "at once"): void {
    if (this.#wanted !== "at once") this.#wanted = urgency;
  }

  /** Milliseconds until one is due: 0 for now, null when nobody wants one. */
  dueInMs(): number | null {
    if (this.#wanted === "no") return null;
    const pace = this.#wanted === "at once" ? BEGINNING_PACE_MS : KEY_FRAME_PACE_MS;
    return Math.max(0, pace - (this.#elapsed() - this.#madeAt));
  }

  /** Whether one is due now; if so it counts as made. */
  take(): boolean {
    if (this.dueInMs() !== 0) return false;
    this.#wanted = "no";
    this.#madeAt = this.#elapsed();
    return true;
  }
}
