import type { Connection, ConnectionGater, StreamHandler } from "@libp2p/interface";
import type { Multiaddr } from "@multiformats/multiaddr";
import { ipGroup } from "../../base/ip.ts";
import { relayOf } from "./addresses.ts";
import { LINK_PROTOCOL } from "./protocol.ts";

/** Connections from peers that are not members which may be open at once: a whole group may knock before anybody admits them. */
const MAX_STRANGERS = 30;
/** Of these from one address: a household or an office behind one router, and places are left for everybody else. */
const MAX_STRANGERS_PER_ADDRESS = 16;
const MAX_CONNECTIONS_PER_PEER = 6;
/** What anybody may open. Everything else is for members and chosen relays. */
const OPEN_PROTOCOLS: ReadonlySet<string> = new Set([LINK_PROTOCOL, "/ipfs/ping/1.0.0"]);

/** Decides who may connect, who is answered, and for whom this node passes on connections. */
export class Door {
  readonly #relays: ReadonlySet<string>;
  readonly #connections: () => readonly Connection[];
  #members: ReadonlySet<string> = new Set();

  constructor(relays: ReadonlySet<string>, connections: () => readonly Connection[]) {
    this.#relays = relays;
    this.#connections = connections;
  }

  setMembers(peers: readonly string[]): void {
    this.#members = new Set(peers);
  }

  get members(): ReadonlySet<string> {
    return this.#members;
  }

  isMember(peer: string): boolean {
    return this.#members.has(peer);
  }

  /** Whether a connection may stay without a link: to a member, to a chosen relay, or to the relay of another connection. */
  mayIdle(peer: string): boolean {
    if (this.#members.has(peer) || this.#relays.has(peer)) return true;
    return this.#connections().some((connection) => relayOf(connection.remoteAddr) === peer);
  }

  readonly gater: ConnectionGater = {
    denyInboundUpgradedConnection: (peer, { remoteAddr }) => !this.#hasRoomFor(peer.toString(), remoteAddr),
    denyInboundRelayReservation: (source) => !this.isMember(source.toString()),
    denyOutboundRelayedConnection: (source, destination) =>
      !this.isMember(source.toString()) || !this.isMember(destination.toString()),
    denyInboundRelayedConnection: (relay) => !this.#relays.has(relay.toString()) && !this.isMember(relay.toString()),
  };

  /**
   * Makes a handler deaf to strangers: what they open is reset before anything is read. The open protocols stay open.
   * Not done with libp2p's middleware, which in 3.3 keeps a copy of the handler for every stream it ever saw.
   */
  guard(protocol: string, handler: StreamHandler): StreamHandler {
    if (OPEN_PROTOCOLS.has(protocol)) return handler;
    return (stream, connection) => {
      const peer = connection.remotePeer.toString();
      if (this.isMember(peer) || this.#relays.has(peer)) return handler(stream, connection);
      stream.abort(new Error("not a member"));
    };
  }

  #hasRoomFor(peer: string, from: Multiaddr): boolean {
    const inbound = this.#connections().filter((connection) => connection.direction === "inbound");
    const own = inbound.filter((connection) => connection.remotePeer.toString() === peer);
    if (own.length >= MAX_CONNECTIONS_PER_PEER) return false;
    if (this.isMember(peer)) return true;
    const strangers = inbound.filter((connection) => !this.isMember(connection.remotePeer.toString()));
    if (strangers.length >= MAX_STRANGERS) return false;
    const group = groupOf(from);
    return strangers.filter(({ remoteAddr }) => groupOf(remoteAddr) === group).length < MAX_STRANGERS_PER_ADDRESS;
  }
}

/** Where somebody comes from as far as limits go; all who come through one relay are one. */
function groupOf(address: Multiaddr): string {
  return ipGroup(address.getComponents()[0]?.value ?? "");
}
