import { VigilError } from "../../base/errors.ts";
import type { PeerId } from "../../ports/mesh.ts";
import { MAX_GOSSIP_BYTES } from "../limits.ts";
import type { MemoryNode, Rumour, Surroundings } from "./surroundings.ts";

export interface MemoryGossipInit {
  readonly network: Surroundings;
  readonly self: MemoryNode;
  /** The meshes to which there is a link. */
  readonly neighbours: () => readonly MemoryNode[];
  readonly onGossip: (author: PeerId, bytes: Uint8Array) => void;
}

/** Floods messages along links, from member to member. */
export class MemoryGossip {
  readonly #init: MemoryGossipInit;
  readonly #seen = new WeakSet<Rumour>();
  #members: ReadonlySet<PeerId> = new Set();

  constructor(init: MemoryGossipInit) {
    this.#init = init;
  }

  setMembers(peers: readonly PeerId[]): void {
    this.#members = new Set(peers);
  }

  publish(bytes: Uint8Array): void {
    if (bytes.length > MAX_GOSSIP_BYTES) {
      throw new VigilError("message-size", "defect", { message: `gossip of ${bytes.length} bytes` });
    }
    const rumour = { author: this.#init.self.peer, bytes: bytes.slice() };
    this.#seen.add(rumour);
    this.#passOn(rumour);
  }

  /** Takes a message from a neighbour, once, if both it and the author are members. */
  hear(from: PeerId, rumour: Rumour): void {
    if (this.#seen.has(rumour)) return;
    if (!this.#members.has(from) || !this.#members.has(rumour.author)) return;
    this.#seen.add(rumour);
    this.#init.onGossip(rumour.author, rumour.bytes.slice());
    this.#passOn(rumour);
  }

  #passOn(rumour: Rumour): void {
    const { network, self, neighbours } = this.#init;
    for (const neighbour of new Set(neighbours())) {
      if (!this.#members.has(neighbour.peer)) continue;
      network.clock.after(network.weather.travelTime(self.peer, neighbour.peer), () => {
        const arrives = self.alive && neighbour.running && network.weather.reachable(self.peer, neighbour.peer);
        if (arrives) neighbour.hear(self.peer, rumour);
      });
    }
  }
}
