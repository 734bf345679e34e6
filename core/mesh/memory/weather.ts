import type { MeshPath, PeerId } from "../../ports/mesh.ts";
import type { Random } from "../../ports/random.ts";

/** What the way between two peers is like. */
export interface Way {
  /** One-way delay, in milliseconds. */
  readonly delayMs: number;
  /** What is added at random to the delay of each message, up to this, in milliseconds. Links overtake each other; messages of one link do not. */
  readonly jitterMs: number;
  /** The share of messages that are lost once (0 to 1). A link is reliable: they come `retransmitMs` later, and all behind them wait. */
  readonly loss: number;
  readonly retransmitMs: number;
  readonly path: MeshPath;
}

export const CALM: Way = { delayMs: 20, jitterMs: 0, loss: 0, retransmitMs: 200, path: "direct" };

/** The state of all ways between peers: delays, loss, and who cannot reach whom. */
export class Weather {
  readonly #random: Random;
  readonly #ways = new Map<string, Way>();
  readonly #groups = new Map<PeerId, number>();
  #general: Way = CALM;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Sets every way that has not been set for itself. */
  setAll(way: Partial<Way>): void {
    this.#general = { ...this.#general, ...way };
  }

  set(left: PeerId, right: PeerId, way: Partial<Way>): void {
    this.#ways.set(key(left, right), { ...this.between(left, right), ...way });
  }

  between(left: PeerId, right: PeerId): Way {
    return this.#ways.get(key(left, right)) ?? this.#general;
  }

  /** From now on only peers of one group reach each other. Peers in no group are together in one of their own. */
  partition(groups: readonly (readonly PeerId[])[]): void {
    this.#groups.clear();
    for (const [index, group] of groups.entries()) for (const peer of group) this.#groups.set(peer, index + 1);
  }

  heal(): void {
    this.#groups.clear();
  }

  reachable(left: PeerId, right: PeerId): boolean {
    return (this.#groups.get(left) ?? 0) === (this.#groups.get(right) ?? 0);
  }

  /** How long one message takes this time, in milliseconds. */
  travelTime(from: PeerId, to: PeerId): number {
    const way = this.between(from, to);
    const lost = way.loss > 0 && this.#chance() < way.loss;
    return way.delayMs + way.jitterMs * (way.jitterMs > 0 ? this.#chance() : 0) + (lost ? way.retransmitMs : 0);
  }

  #chance(): number {
    const bytes = this.#random.bytes(4);
    return new DataView(bytes.buffer).getUint32(0) / 2 ** 32;
  }
}

function key(left: PeerId, right: PeerId): string {
  return left < right ? `${left} ${right}` : `${right} ${left}`;
}
