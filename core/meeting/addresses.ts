import { ipGroup } from "../base/ip.ts";
import { MAX_ADDRESSES } from "../wire/channel-messages.ts";
import type { Address, PeerId } from "../ports/mesh.ts";

/** A multiaddr of plain characters that ends in the peer it leads to; everything else is passed over. */
const ADDRESS = /^\/[\x21-\x7e]{1,240}\/p2p\/([A-Za-z0-9]{40,64})$/;

/** The peer that an address leads to; null when it names none. */
export function peerOf(address: Address): PeerId | null {
  return (ADDRESS.exec(address)?.[1] as PeerId | undefined) ?? null;
}

/** The usable addresses of each peer that they name, at most `MAX_ADDRESSES` for each. */
export function groupByPeer(addresses: readonly Address[]): Map<PeerId, Address[]> {
  const groups = new Map<PeerId, Address[]>();
  for (const address of addresses) {
    const peer = peerOf(address);
    if (peer === null) continue;
    const group = groups.get(peer) ?? [];
    if (group.length < MAX_ADDRESSES && !group.includes(address)) group.push(address);
    groups.set(peer, group);
  }
  return groups;
}

/** What counts as one address for limits: the host part, without port and transport. */
export function addressGroup(address: Address): string {
  const [, , host = ""] = address.split("/");
  return ipGroup(host);
}
