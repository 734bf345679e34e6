import type { PeerId } from "@libp2p/interface";
import type { Scope } from "../../base/scope.ts";
import type { MeshNode } from "./node.ts";

/** Makes libp2p forget peers that are gone: it remembers every peer it ever met, and strangers could fill that. */
export class Departures {
  readonly #node: MeshNode;
  #gone: PeerId[] = [];

  constructor(node: MeshNode, scope: Scope) {
    this.#node = node;
    const onLeave = ({ detail }: { detail: PeerId }): void => {
      this.#gone.push(detail);
    };
    node.addEventListener("peer:disconnect", onLeave);
    scope.add(() => node.removeEventListener("peer:disconnect", onLeave));
  }

  /** Forgets those that left before the last check: libp2p's own services still look them up while they part. */
  check(): void {
    const gone = this.#gone;
    this.#gone = [];
    for (const peer of gone) {
      if (this.#node.getConnections(peer).length === 0) this.#node.peerStore.delete(peer).catch(() => undefined);
    }
  }
}
