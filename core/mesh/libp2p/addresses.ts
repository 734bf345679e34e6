import { type Multiaddr, multiaddr } from "@multiformats/multiaddr";
import type { Address, PeerId } from "../../ports/mesh.ts";
import { MAX_ADDRESS_LENGTH, MAX_DIALLED_ADDRESSES, MAX_OWN_ADDRESSES } from "../limits.ts";
import { type IpScope, ipScope } from "./ip-scope.ts";

const SAME_KIND_LIMIT = 2;
const NAMES = new Set(["dns", "dns4", "dns6", "dnsaddr"]);

/** Reads a multiaddr in text form; null when it is none, or longer than anything sensible. */
export function parseAddress(text: string): Multiaddr | null {
  if (text.length > MAX_ADDRESS_LENGTH) return null;
  try {
    return multiaddr(text);
  } catch {
    return null;
  }
}

/** The peer at the far end of an address, or null when it names none. */
export function peerOf(address: Multiaddr): string | null {
  const last = address.getComponents().at(-1);
  return last?.name === "p2p" ? (last.value ?? null) : null;
}

/** The peer that relays an address, or null when it is not relayed. */
export function relayOf(address: Multiaddr): string | null {
  const components = address.getComponents();
  const circuit = components.findIndex((component) => component.name === "p2p-circuit");
  if (circuit < 1) return null;
  const relay = components[circuit - 1];
  return relay?.name === "p2p" ? (relay.value ?? null) : null;
}

/**
 * The addresses worth dialling to reach a peer, each once.
 * Host names are passed over unless they lead to a relay the person chose: looking a name up tells a stranger of the call.
 */
export function dialable(peer: PeerId, texts: readonly Address[], relays: ReadonlySet<string>): Multiaddr[] {
  const found = new Map<string, Multiaddr>();
  for (const text of texts.slice(0, MAX_DIALLED_ADDRESSES)) {
    const address = parseAddress(text);
    if (address === null || peerOf(address) !== peer || !namesAllowed(address, relays) || isWebRtcDirect(address))
      continue;
    found.set(address.toString(), address);
  }
  return [...found.values()];
}

function isWebRtcDirect(address: Multiaddr): boolean {
  return address.getComponents().some((component) => component.name === "webrtc-direct");
}

function namesAllowed(address: Multiaddr, relays: ReadonlySet<string>): boolean {
  if (!address.getComponents().some((component) => NAMES.has(component.name))) return true;
  const relay = relayOf(address);
  return relay !== null && relays.has(relay);
}

/**
 * The best addresses to give to others, at most `MAX_OWN_ADDRESSES`: public ones first, then private, then loopback;
 * direct before relayed and TCP first in each. Two of a kind are enough, and two through relays.
 */
export function bestAddresses(addresses: readonly Multiaddr[]): Address[] {
  const unique = new Map(addresses.map((address) => [address.toString(), rank(address)]));
  const ranked = [...unique].sort(([, left], [, right]) => left.order - right.order);
  const taken = new Map<number, number>();
  const chosen: Address[] = [];
  for (const [text, { kind }] of ranked) {
    const alike = taken.get(kind) ?? 0;
    if (alike === SAME_KIND_LIMIT || chosen.length === MAX_OWN_ADDRESSES) continue;
    taken.set(kind, alike + 1);
    chosen.push(text);
  }
  return chosen;
}

const SCOPES: readonly IpScope[] = ["public", "private", "link", "loopback"];

function rank(address: Multiaddr): { readonly order: number; readonly kind: number } {
  const scope = SCOPES.indexOf(ipScope(address.getComponents()[0]?.value ?? ""));
  const relayed = relayOf(address) === null ? 0 : 1;
  const order = scope * 10 + relayed * 5 + transportRank(address);
  return { order, kind: relayed === 1 ? -1 : order };
}

function transportRank(address: Multiaddr): number {
  const names = new Set(address.getComponents().map((component) => component.name));
  if (names.has("webrtc")) return 2;
  return names.has("ws") || names.has("wss") ? 1 : 0;
}
