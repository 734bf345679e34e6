import { type Component, type Multiaddr, multiaddr } from "@multiformats/multiaddr";
import { type IpScope, ipScope } from "../../base/ip.ts";
import type { Address, PeerId } from "../../ports/mesh.ts";
import { MAX_ADDRESS_LENGTH, MAX_DIALLED_ADDRESSES, MAX_OWN_ADDRESSES } from "../limits.ts";

const SAME_KIND_LIMIT = 2;
const NAMES = new Set(["dns", "dns4", "dns6", "dnsaddr"]);
const ADDRESSES = new Set(["ip4", "ip6"]);
/** What may follow the host of an address that others have told. */
const PLAIN = new Set(["tcp", "ws", "p2p", "p2p-circuit", "webrtc"]);
/** What besides may lead to a relay that the person chose. */
const TO_CHOSEN = new Set([...PLAIN, "tls", "sni", "wss"]);

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

export interface Dialling {
  /** The relays that the person chose. */
  readonly relays: ReadonlySet<string>;
  /** Whether addresses of this machine itself are dialled: others could make it knock at its own private services. */
  readonly loopback: boolean;
}

/**
 * The addresses worth dialling to reach a peer, each once: a TCP port of one machine, or such a port of a relay.
 * Host names are passed over unless they lead to a relay the person chose: looking a name up tells a stranger of the call.
 */
export function dialable(peer: PeerId, texts: readonly Address[], dialling: Dialling): Multiaddr[] {
  const found = new Map<string, Multiaddr>();
  for (const text of texts.slice(0, MAX_DIALLED_ADDRESSES)) {
    const address = parseAddress(text);
    if (address === null || peerOf(address) !== peer || !leadsSomewhere(address, dialling)) continue;
    found.set(address.toString(), address);
  }
  return [...found.values()];
}

function leadsSomewhere(address: Multiaddr, { relays, loopback }: Dialling): boolean {
  const [host, ...rest] = address.getComponents();
  const chosen = relays.has(relayOf(address) ?? "");
  const known = chosen ? TO_CHOSEN : PLAIN;
  if (host === undefined || rest[0]?.name !== "tcp" || !rest.every((part) => known.has(part.name))) return false;
  if (rest.some(({ name, value }) => name === "tcp" && Number(value) === 0)) return false;
  if (count(rest, "tcp") > 1 || count(rest, "p2p-circuit") > 1) return false;
  if (NAMES.has(host.name)) return chosen;
  const scope = ADDRESSES.has(host.name) ? ipScope(host.value ?? "") : "none";
  return scope !== "none" && (scope !== "loopback" || loopback);
}

function count(parts: readonly Component[], name: string): number {
  return parts.filter((part) => part.name === name).length;
}

/** Whether a node's own addresses show no network but the machine itself. */
export function onlyLoopback(own: readonly Multiaddr[]): boolean {
  return own.every((address) => scopeOf(address) === "loopback");
}

/** How far the host at the beginning of an address reaches. */
export function scopeOf(address: Multiaddr): IpScope {
  return ipScope(address.getComponents()[0]?.value ?? "");
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
  // A relay may have a name for a host.
  const scope = Math.max(0, SCOPES.indexOf(scopeOf(address)));
  const relayed = relayOf(address) === null ? 0 : 1;
  const order = scope * 10 + relayed * 5 + transportRank(address);
  return { order, kind: relayed === 1 ? -1 : order };
}

function transportRank(address: Multiaddr): number {
  const names = new Set(address.getComponents().map((component) => component.name));
  if (names.has("webrtc")) return 2;
  return names.has("ws") || names.has("wss") ? 1 : 0;
}
