import type { Multiaddr } from "@multiformats/multiaddr";
import { multiaddr } from "@multiformats/multiaddr";
import { relayOf } from "./addresses.ts";
import type { NodeParts } from "./node.ts";

/** Checks between two attempts with a relay that does not answer. */
const CHECKS_BETWEEN_ATTEMPTS = 15;

/** Keeps this node reachable through the relays that the person chose. A relay that is down costs nothing but its own attempts. */
export class RelayListener {
  readonly #relays: readonly Multiaddr[];
  readonly #transports: NodeParts["transportManager"];
  readonly #attempting = new Set<string>();
  #checks = 0;

  constructor(relays: readonly Multiaddr[], transports: NodeParts["transportManager"]) {
    this.#relays = relays;
    this.#transports = transports;
  }

  /** Asks each relay for a reservation that this node does not have. To be called about once a second. */
  check(own: readonly Multiaddr[]): void {
    if (this.#checks++ % CHECKS_BETWEEN_ATTEMPTS !== 0) return;
    const held = new Set(own.map(relayOf));
    for (const relay of this.#relays) {
      const circuit = multiaddr(`${relay.toString()}/p2p-circuit`);
      if (!held.has(relayOf(circuit))) this.#attempt(circuit);
    }
  }

  #attempt(circuit: Multiaddr): void {
    const key = circuit.toString();
    if (this.#attempting.has(key)) return;
    this.#attempting.add(key);
    this.#transports.listen([circuit]).then(
      () => this.#attempting.delete(key),
      () => this.#attempting.delete(key),
    );
  }
}
