import type { Clock } from "../../ports/clock.ts";
import type { MeshPath, PeerId } from "../../ports/mesh.ts";
import { Pipe } from "./pipe.ts";

/** Who holds one end of a wire. */
export interface WireHolder {
  readonly peer: PeerId;
  /** False after a crash: it neither speaks nor hears. */
  readonly alive: boolean;
  received(end: WireEnd, bytes: Uint8Array): void;
  closed(end: WireEnd): void;
}

export interface WireInit {
  readonly clock: Clock;
  readonly left: WireHolder;
  readonly right: WireHolder;
  readonly path: MeshPath;
  readonly travelTime: (from: PeerId, to: PeerId) => number;
  readonly reachable: (left: PeerId, right: PeerId) => boolean;
  readonly onDead: (wire: Wire) => void;
}

/** One link as the network sees it: two ends, a pipe each way. */
export class Wire {
  readonly left: WireEnd;
  readonly right: WireEnd;
  readonly path: MeshPath;
  readonly #init: WireInit;
  #blockedSince: number | null = null;

  constructor(init: WireInit) {
    this.#init = init;
    this.path = init.path;
    this.left = new WireEnd(
      this,
      init.left,
      this.#pipe(init.left, init.right, () => this.right),
    );
    this.right = new WireEnd(
      this,
      init.right,
      this.#pipe(init.right, init.left, () => this.left),
    );
  }

  get passable(): boolean {
    const { left, right, reachable } = this.#init;
    return left.alive && right.alive && reachable(left.peer, right.peer);
  }

  get open(): boolean {
    return this.left.open || this.right.open;
  }

  joins(left: PeerId, right: PeerId): boolean {
    const ends = [this.left.holder.peer, this.right.holder.peer];
    return ends.includes(left) && ends.includes(right);
  }

  otherEnd(end: WireEnd): WireEnd {
    return end === this.left ? this.right : this.left;
  }

  /** Looks at the way again: goes on with what was held, or notices after `detectionMs` milliseconds that nothing comes. */
  check(detectionMs: number): void {
    if (this.passable) {
      this.#blockedSince = null;
      this.left.out.flush();
      this.right.out.flush();
      this.#tellTheOpenEnd();
    } else if (this.#blockedSince === null) {
      const since = this.#init.clock.elapsed();
      this.#blockedSince = since;
      this.#init.clock.after(detectionMs, () => {
        if (this.#blockedSince === since) this.snap();
      });
    }
  }

  /** Both ends see the link closed now; what is under way is lost. */
  snap(): void {
    this.left.finish();
    this.right.finish();
  }

  /** Called by an end that has closed. */
  ended(): void {
    if (!this.open) this.#init.onDead(this);
  }

  /** Calls back after one travel time from one end, if the way is open then. */
  afterTravel(from: WireEnd, callback: () => void): void {
    const { clock, travelTime } = this.#init;
    const to = this.otherEnd(from);
    clock.after(travelTime(from.holder.peer, to.holder.peer), () => {
      if (this.passable) callback();
    });
  }

  // The news that one end closed may have been lost while nothing got through.
  #tellTheOpenEnd(): void {
    if (this.left.open === this.right.open) return;
    const [closed, other] = this.left.open ? [this.right, this.left] : [this.left, this.right];
    this.afterTravel(closed, () => other.finish());
  }

  #pipe(from: WireHolder, to: WireHolder, far: () => WireEnd): Pipe {
    return new Pipe({
      clock: this.#init.clock,
      travelTime: () => this.#init.travelTime(from.peer, to.peer),
      passable: () => this.passable,
      deliver: (bytes) => {
        if (far().open) to.received(far(), bytes);
      },
    });
  }
}

/** One end of a wire. */
export class WireEnd {
  readonly wire: Wire;
  readonly holder: WireHolder;
  readonly out: Pipe;
  #open = true;
  #leaving = false;

  constructor(wire: Wire, holder: WireHolder, out: Pipe) {
    this.wire = wire;
    this.holder = holder;
    this.out = out;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends bytes, unless this end is closed or closing. */
  write(bytes: Uint8Array): void {
    if (this.#open && !this.#leaving) this.out.write(bytes);
  }

  /** Closes after what is under way has arrived: first the far end sees it, then this one. */
  close(): void {
    if (!this.#open || this.#leaving) return;
    this.#leaving = true;
    const far = this.wire.otherEnd(this);
    this.out.afterLast(() => {
      far.finish();
      this.wire.afterTravel(far, () => this.finish());
    });
  }

  /** Closes this end now and the far one when the news has travelled. */
  break(): void {
    if (!this.#open) return;
    const far = this.wire.otherEnd(this);
    this.finish();
    this.wire.afterTravel(this, () => far.finish());
  }

  finish(): void {
    if (!this.#open) return;
    this.#open = false;
    this.out.end();
    if (this.holder.alive) this.holder.closed(this);
    this.wire.ended();
  }
}
