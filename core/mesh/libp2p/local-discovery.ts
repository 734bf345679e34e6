import { start, stop } from "@libp2p/interface";
import { mdns } from "@libp2p/mdns";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { Address } from "../../ports/mesh.ts";
import { MAX_DIALLED_ADDRESSES } from "../limits.ts";
import { bestAddresses, scopeOf } from "./addresses.ts";

/** How many peers are reported between two looks: anybody on the network can answer, and as often as they like. */
const MAX_REPORTS = 32;
const LOOK_EVERY_MS = 10_000;

export interface FoundPeer {
  readonly peer: string;
  readonly addresses: readonly Address[];
}

/** Announces this node on the local network and looks for others of the same meeting (mDNS, RFC 6762). */
export interface LocalDiscovery {
  /** Announces and looks from now on. */
  begin(onFound: (found: FoundPeer) => void): Promise<void>;
  /** Lets the next reports through; to be called now and then. */
  refill(): void;
  end(): Promise<void>;
}

/** Discovery under a service name, or one that does nothing when the name is null. Kept out of libp2p's peer store, which has no bound. */
export function localDiscovery(
  { serviceTag, peerName }: { readonly serviceTag: string | null; readonly peerName: string },
  components: Parameters<ReturnType<typeof mdns>>[0],
): LocalDiscovery {
  if (serviceTag === null) return NONE;
  // A short name: it stands before every address of an answer, which must fit one packet.
  const inner = mdns({ serviceTag, peerName, interval: LOOK_EVERY_MS })(components);
  let reportsLeft = MAX_REPORTS;
  return {
    async begin(onFound) {
      inner.addEventListener("peer", ({ detail }) => {
        const peer = detail.id.toString();
        const addresses = elsewhere(peer, detail.multiaddrs);
        if (addresses.length > 0 && reportsLeft-- > 0) onFound({ peer, addresses });
      });
      await start(inner);
    },
    refill() {
      reportsLeft = MAX_REPORTS;
    },
    end: () => stop(inner),
  };
}

const NONE: LocalDiscovery = {
  begin: () => Promise.resolve(),
  refill: () => undefined,
  end: () => Promise.resolve(),
};

/** Without loopback: an answer from the network must not make this machine connect to itself. */
function elsewhere(peer: string, addresses: readonly Multiaddr[]): Address[] {
  const others = addresses.slice(0, MAX_DIALLED_ADDRESSES).filter((address) => scopeOf(address) !== "loopback");
  return bestAddresses(others).map((address) => `${address}/p2p/${peer}`);
}
