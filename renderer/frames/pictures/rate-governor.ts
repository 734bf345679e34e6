/** Encoding a picture may take this share of the time between two of them; more means that the machine cannot keep up. */
const OVERLOADED = 0.7;
/** Below this share there is room for more. */
const CALM = 0.3;
const DOWN = 0.75;
const UP = 1.25;
/** After each step down its effect is awaited for so long, in ms; before a step up calm must have lasted so long. */
const DOWN_EVERY_MS = 2_000;
const UP_AFTER_MS = 10_000;
/** Fewer are not worth sending, in frames a second; where more would starve each other, all still move at this rate. */
const FLOOR = 5;
/** How much the latest measure counts. */
const WEIGHT = 0.15;

/**
 * How many pictures a second this machine can stand. All cores are shared with decoding, drawing and sound, so a picture
 * that waits long for its encoder says that everything waits: then fewer are made, and sound keeps its time.
 */
export class RateGovernor {
  readonly #elapsed: () => number;
  #limit = Number.POSITIVE_INFINITY;
  #average: number | null = null;
  #changedAt = Number.NEGATIVE_INFINITY;
  #calmSince: number | null = null;
  #exhausted = false;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** Frames a second that may be encoded; `Infinity` while nothing is wrong. */
  get limit(): number {
    return this.#limit;
  }

  /** Whether a picture takes longer than there is between two of them though no fewer can be made. */
  get isExhausted(): boolean {
    return this.#exhausted;
  }

  /** A picture came out of its encoder `ms` after it went in, where `rate` a second are made. */
  took(ms: number, rate: number): void {
    this.#average = this.#average === null ? ms : this.#average + WEIGHT * (ms - this.#average);
    const share = (this.#average * rate) / 1000;
    this.#exhausted = this.#limit <= FLOOR && this.#average * FLOOR > 1000;
    if (share > CALM) this.#calmSince = null;
    else this.#calmSince ??= this.#elapsed();
    if (share > OVERLOADED) this.#slowDown(rate);
    else if (this.#limit !== Number.POSITIVE_INFINITY) this.#speedUp(rate);
  }

  #slowDown(rate: number): void {
    if (this.#elapsed() - this.#changedAt < DOWN_EVERY_MS) return;
    this.#change(Math.max(FLOOR, Math.min(this.#limit, rate) * DOWN));
  }

  /** Back to no limit once the source gives no more than the limit allows. */
  #speedUp(rate: number): void {
    if (this.#calmSince === null || this.#elapsed() - this.#calmSince < UP_AFTER_MS) return;
    this.#change(rate < this.#limit * DOWN ? Number.POSITIVE_INFINITY : this.#limit * UP);
  }

  #change(limit: number): void {
    this.#limit = limit;
    this.#average = null;
    this.#calmSince = null;
    this.#changedAt = this.#elapsed();
  }
}
