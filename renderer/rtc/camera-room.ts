import type { MemberId } from "../../core/base/member-id.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { Wish } from "../../core/contract/wish.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { CameraSize } from "./devices/constraints.ts";

/** How long nobody must have shown the picture large before the camera is asked for less, in ms: a layout may come back. */
const SMALLER_AFTER_MS = 10_000;
/** While the picture is large, how often it is asked whether the machine keeps up, in ms. */
const LOOK_EVERY_MS = 5_000;
/** Fewer pictures a second than this are worth less than smaller ones. */
const LEAST_AT_LARGE = 15;
/** What is seen at one look may be a hiccup. */
const POOR_LOOKS = 2;
/** A machine that could not keep up is not tried again for so long, in ms. */
const REST_MS = 60_000;

export interface CameraRoomOptions {
  readonly clock: Clock;
  /** Asks the camera for this size. Called when it changes. */
  readonly resize: (size: CameraSize) => void;
  /** Pictures a second beyond which this machine cannot keep up; null while it can. */
  readonly mostFramesPerSecond: () => Promise<number | null>;
}

/**
 * How large a picture is asked of the camera. Reading and scaling one of 1280x720 costs a weak machine that only sends small
 * tiles more than encoding them does, so it is asked for while somebody shows it that large and the machine keeps up.
 */
export class CameraRoom {
  readonly #options: CameraRoomOptions;
  readonly #wanting = new Set<MemberId>();
  #size: CameraSize = "usual";
  #timer: Ending = () => undefined;
  /** Before this moment it stays as it is. */
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(options: CameraRoomOptions) {
    this.#options = options;
  }

  /** A member shows this much of one's pictures. */
  hear(member: MemberId, { camera }: Wish): void {
    const wanted = this.#isWanted;
    if (camera === "full") this.#wanting.add(member);
    else this.#wanting.delete(member);
    if (this.#isWanted !== wanted) this.#settle();
  }

  /** There is no link to a member any more. */
  forget(member: MemberId): void {
    if (this.#wanting.delete(member) && !this.#isWanted) this.#settle();
  }

  get #isWanted(): boolean {
    return this.#wanting.size > 0;
  }

  #settle(): void {
    this.#timer();
    if (this.#isWanted) this.#enlarge();
    else if (this.#size === "large") this.#wait(SMALLER_AFTER_MS, () => this.#change("usual"));
  }

  #enlarge(): void {
    const rest = this.#restsUntil - this.#options.clock.elapsed();
    if (rest > 0) return this.#wait(rest, () => this.#enlarge());
    this.#change("large");
    this.#lookLater(POOR_LOOKS);
  }

  #lookLater(patience: number): void {
    this.#wait(LOOK_EVERY_MS, () => void this.#look(patience));
  }

  /** `patience`: how many poor looks in a row are too many. */
  async #look(patience: number): Promise<void> {
    const timer = this.#timer;
    const most = await this.#options.mostFramesPerSecond();
    // Somebody may have wished for something else meanwhile.
    if (this.#timer !== timer) return;
    if (most === null || most >= LEAST_AT_LARGE) return this.#lookLater(POOR_LOOKS);
    if (patience > 1) return this.#lookLater(patience - 1);
    this.#restsUntil = this.#options.clock.elapsed() + REST_MS;
    this.#change("usual");
    this.#enlarge();
  }

  #wait(ms: number, then: () => void): void {
    this.#timer = this.#options.clock.after(ms, then);
  }

  #change(size: CameraSize): void {
    if (this.#size === size) return;
    this.#size = size;
    this.#options.resize(size);
  }
}
