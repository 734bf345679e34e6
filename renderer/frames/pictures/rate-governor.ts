/** Encoding a picture may take this share of the time between two of them; more means that the machine cannot keep up. */
const OVERLOADED = 0.8;
/** More are tried where they would take no more than this share. */
const ROOM = 0.7;
const DOWN = 0.75;
const UP = 1 / DOWN;
/** After each step down its effect is awaited for so long, in ms. */
const DOWN_EVERY_MS = 2_000;
/** Before a step up there must have been room for so long, in ms; each one that was too much doubles it. */
const UP_AFTER_MS = 3_000;
const UP_AFTER_MOST_MS = 60_000;
/** What held for so long, in ms, was not too much. */
const PROVEN_MS = 20_000;
/** From here on no limit is needed: no layer has more pictures a second. */
const ENOUGH = 29;
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
  #roomSince: number | null = null;
  #upAfterMs = UP_AFTER_MS;
  #lastStep: "up" | "down" = "down";
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
    if (share > OVERLOADED) this.#slowDown(rate);
    else if (this.#limit !== Number.POSITIVE_INFINITY) this.#speedUp(rate, this.#average);
  }

  #slowDown(rate: number): void {
    const held = this.#elapsed() - this.#changedAt;
    if (held < DOWN_EVERY_MS) return;
    if (held >= PROVEN_MS) this.#upAfterMs = UP_AFTER_MS;
    else if (this.#lastStep === "up") this.#upAfterMs = Math.min(UP_AFTER_MOST_MS, 2 * this.#upAfterMs);
    this.#lastStep = "down";
    this.#change(Math.max(FLOOR, Math.min(this.#limit, rate) * DOWN));
  }

  /** Back to no limit once the source gives no more than the limit allows, or the limit allows all there can be. */
  #speedUp(rate: number, ms: number): void {
    if ((ms * this.#limit * UP) / 1000 > ROOM) {
      this.#roomSince = null;
      return;
    }
    this.#roomSince ??= this.#elapsed();
    if (this.#elapsed() - this.#roomSince < this.#upAfterMs) return;
    this.#lastStep = "up";
    const next = this.#limit * UP;
    this.#change(rate < this.#limit * DOWN || next > ENOUGH ? Number.POSITIVE_INFINITY : next);
  }

  #change(limit: number): void {
    this.#limit = limit;
    this.#average = null;
    this.#roomSince = null;
    this.#changedAt = this.#elapsed();
  }
}
