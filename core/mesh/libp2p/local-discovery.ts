import { start, stop } from "@libp2p/interface";
import { mdns } from "@libp2p/mdns";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { Address } from "../../ports/mesh.ts";
import { toHex } from "../../base/bytes.ts";
import type { Random } from "../../ports/random.ts";
import { MAX_DIALLED_ADDRESSES } from "../limits.ts";
import { bestAddresses, scopeOf } from "./addresses.ts";

/** How many peers are reported between two looks: anybody on the network can answer, and as often as they like. */
const MAX_REPORTS = 32;
const LOOK_EVERY_MS = 10_000;
const NAME_BYTES = 8;

type Mdns = ReturnType<ReturnType<typeof mdns>>;
type MdnsComponents = Parameters<ReturnType<typeof mdns>>[0];

export interface FoundPeer {
  readonly peer: string;
  readonly addresses: readonly Address[];
}

/** Announces this node on the local network and looks for others of the same meeting (mDNS, RFC 6762). */
export interface LocalDiscovery {
  /** Announces and looks from now on. */
  begin(onFound: (found: FoundPeer) => void): Promise<void>;
  /** Announces and looks under these service names and no longer under any other. */
  announceAs(serviceTags: readonly string[]): Promise<void>;
  /** Lets the next reports through; to be called now and then. */
  refill(): void;
  end(): Promise<void>;
}

export interface LocalDiscoveryInit {
  /** The mDNS service name at first, or null to neither announce nor look, ever. */
  readonly serviceTag: string | null;
  readonly random: Random;
}

/** Discovery on the local network, or one that does nothing. Kept out of libp2p's peer store, which has no bound. */
export function localDiscovery(init: LocalDiscoveryInit, components: MdnsComponents): LocalDiscovery {
  return init.serviceTag === null ? NONE : new MulticastDiscovery([init.serviceTag], init.random, components);
}

const NONE: LocalDiscovery = {
  begin: () => Promise.resolve(),
  announceAs: () => Promise.resolve(),
  refill: () => undefined,
  end: () => Promise.resolve(),
};

class MulticastDiscovery implements LocalDiscovery {
  readonly #random: Random;
  readonly #components: MdnsComponents;
  readonly #running = new Map<string, Mdns>();
  #wanted: readonly string[];
  #onFound: ((found: FoundPeer) => void) | null = null;
  #reportsLeft = MAX_REPORTS;
  #turn: Promise<void> = Promise.resolve();

  constructor(serviceTags: readonly string[], random: Random, components: MdnsComponents) {
    this.#wanted = serviceTags;
    this.#random = random;
    this.#components = components;
  }

  begin(onFound: (found: FoundPeer) => void): Promise<void> {
    this.#onFound = onFound;
    return this.#settle();
  }

  announceAs(serviceTags: readonly string[]): Promise<void> {
    this.#wanted = serviceTags;
    return this.#settle();
  }

  refill(): void {
    this.#reportsLeft = MAX_REPORTS;
  }

  end(): Promise<void> {
    this.#onFound = null;
    this.#wanted = [];
    return this.#settle();
  }

  /** Starts what is wanted and stops the rest, one change at a time. */
  #settle(): Promise<void> {
    this.#turn = this.#turn.catch(() => undefined).then(() => this.#change());
    return this.#turn;
  }

  async #change(): Promise<void> {
    for (const [serviceTag, running] of [...this.#running]) {
      if (this.#wanted.includes(serviceTag)) continue;
      this.#running.delete(serviceTag);
      await stop(running);
    }
    if (this.#onFound === null) return;
    for (const serviceTag of this.#wanted) if (!this.#running.has(serviceTag)) await this.#start(serviceTag);
  }

  async #start(serviceTag: string): Promise<void> {
    // A short name: it stands before every address of an answer, which must fit one packet.
    const peerName = toHex(this.#random.bytes(NAME_BYTES));
    const made = mdns({ serviceTag, peerName, interval: LOOK_EVERY_MS })(this.#components);
    made.addEventListener("peer", ({ detail }) => {
      const peer = detail.id.toString();
      const addresses = elsewhere(peer, detail.multiaddrs);
      if (addresses.length > 0 && this.#reportsLeft-- > 0) this.#onFound?.({ peer, addresses });
    });
    this.#running.set(serviceTag, made);
    await start(made);
  }
}

/** Without loopback: an answer from the network must not make this machine connect to itself. */
function elsewhere(peer: string, addresses: readonly Multiaddr[]): Address[] {
  const others = addresses.slice(0, MAX_DIALLED_ADDRESSES).filter((address) => scopeOf(address) !== "loopback");
  return bestAddresses(others).map((address) => `${address}/p2p/${peer}`);
}
