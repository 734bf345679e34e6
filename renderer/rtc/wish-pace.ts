import type { Ending } from "../../core/base/scope.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { Wish } from "../../core/contract/wish.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** How often one member's wishes are followed at most, in ms: each change may cost a key frame. */
const PACE_MS = 250;

interface Held {
  /** The latest one that waits. */
  next: Wish | null;
  readonly timer: Ending;
}

/** Others' wishes: the first at once, of many the latest, none more often than the pace. */
export class WishPace {
  readonly #clock: Clock;
  readonly #follow: (member: MemberId, wish: Wish) => void;
  readonly #held = new Map<MemberId, Held>();

  constructor(clock: Clock, follow: (member: MemberId, wish: Wish) => void) {
    this.#clock = clock;
    this.#follow = follow;
  }

  hear(member: MemberId, wish: Wish): void {
    const held = this.#held.get(member);
    if (held === undefined) this.#followNow(member, wish);
    else held.next = wish;
  }

  /** The link that these wishes were for is gone. */
  forget(member: MemberId): void {
    this.#held.get(member)?.timer();
    this.#held.delete(member);
  }

  #followNow(member: MemberId, wish: Wish): void {
    this.#follow(member, wish);
    this.#held.set(member, { next: null, timer: this.#clock.after(PACE_MS, () => this.#release(member)) });
  }

  #release(member: MemberId): void {
    const next = this.#held.get(member)?.next ?? null;
    this.#held.delete(member);
    if (next !== null) this.#followNow(member, next);
  }
}
