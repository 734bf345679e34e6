import { VigilError } from "../../base/errors.ts";
import { Emitter } from "../../base/emitter.ts";
import type { Ending } from "../../base/scope.ts";
import type { PeerId } from "../../ports/mesh.ts";
import type { Pipe, Pipes } from "../../ports/pipes.ts";
import { MAX_PIPES_PER_PEER } from "../limits.ts";
import { PipeEnd } from "./pipe-end.ts";
import type { FarEnd, MemoryNode, Surroundings } from "./surroundings.ts";

export interface MemoryPipesInit {
  readonly network: Surroundings;
  readonly self: MemoryNode;
  /** The node of a peer to which there is a link; null for others. */
  readonly linkedTo: (peer: PeerId) => MemoryNode | null;
}

/** The pipes of one node in memory. */
export class MemoryPipes implements Pipes {
  readonly #init: MemoryPipesInit;
  readonly #listeners = new Emitter<Pipe>();
  readonly #open = new Map<PipeEnd, PeerId>();
  #members: ReadonlySet<PeerId> = new Set();

  constructor(init: MemoryPipesInit) {
    this.#init = init;
  }

  /** Cuts the pipes to whoever is no member any more. */
  setMembers(peers: readonly PeerId[]): void {
    this.#members = new Set(peers);
    for (const [end, peer] of [...this.#open]) if (!this.#members.has(peer)) end.abort();
  }

  abortAll(): void {
    for (const end of [...this.#open.keys()]) end.abort();
  }

  open(peer: PeerId): Promise<Pipe> {
    const { network, self, linkedTo } = this.#init;
    const target = linkedTo(peer);
    return new Promise((resolve, reject) => {
      const refused = (): void => reject(new VigilError("pipe-unreachable", "network"));
      if (target === null) return refused();
      const near = this.newEnd(peer, refused);
      const far = target.pipes.newEnd(self.peer, () => undefined);
      const wire = network.join(near, far);
      near.begin(wire.left);
      far.begin(wire.right);
      wire.afterTravel(wire.left, () => {
        if (!target.pipes.opened(self.peer, far)) return wire.snap();
        wire.afterTravel(wire.right, () => resolve(near.pipe()));
      });
      return undefined;
    });
  }

  accept(listener: (pipe: Pipe) => void): Ending {
    return this.#listeners.subscribe(listener);
  }

  /** An end for this node's user, kept until it closes. */
  newEnd(peer: PeerId, onClosed: () => void): PipeEnd {
    const end: PipeEnd = new PipeEnd(this.#init.self, () => {
      this.#open.delete(end);
      onClosed();
    });
    this.#open.set(end, peer);
    return end;
  }

  /** Somebody has opened a pipe to this node. False when they may not, or hold enough of them. */
  opened(peer: PeerId, end: FarEnd): boolean {
    const held = [...this.#open.values()].filter((one) => one === peer).length;
    if (!this.#init.self.running || !this.#members.has(peer) || held > MAX_PIPES_PER_PEER) return false;
    this.#listeners.emit(end.pipe());
    return true;
  }
}
