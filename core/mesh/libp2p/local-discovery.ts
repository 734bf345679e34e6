import { start, stop } from "@libp2p/interface";
import { mdns } from "@libp2p/mdns";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { Address } from "../../ports/mesh.ts";
import { MAX_DIALLED_ADDRESSES } from "../limits.ts";

/** How many peers are reported between two looks: anybody on the network can answer, and as often as they like. */
const MAX_REPORTS = 32;
const LOOK_EVERY_MS = 10_000;

export interface FoundPeer {
  readonly peer: string;
  readonly addresses: readonly Address[];
}

/** Announces this node on the local network and looks for others of the same meeting (mDNS, RFC 6762). */
export interface LocalDiscovery {
  onFound: (found: FoundPeer) => void;
  /** Lets the next reports through; to be called now and then. */
  refill(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Discovery under a service name, or one that does nothing when the name is null. Kept out of libp2p's peer store, which has no bound. */
export function localDiscovery(
  serviceTag: string | null,
  components: Parameters<ReturnType<typeof mdns>>[0],
): LocalDiscovery {
  const inner = serviceTag === null ? null : mdns({ serviceTag, interval: LOOK_EVERY_MS })(components);
  let reportsLeft = MAX_REPORTS;
  const discovery: LocalDiscovery = {
    onFound: () => undefined,
    refill: () => {
      reportsLeft = MAX_REPORTS;
    },
    start: async () => {
      if (inner !== null) await start(inner);
    },
    stop: async () => {
      if (inner !== null) await stop(inner);
    },
  };
  inner?.addEventListener("peer", ({ detail }) => {
    if (reportsLeft-- <= 0) return;
    const peer = detail.id.toString();
    discovery.onFound({ peer, addresses: withPeer(peer, detail.multiaddrs) });
  });
  return discovery;
}

function withPeer(peer: string, addresses: readonly Multiaddr[]): Address[] {
  return addresses.slice(0, MAX_DIALLED_ADDRESSES).map((address) => `${address.toString()}/p2p/${peer}`);
}
