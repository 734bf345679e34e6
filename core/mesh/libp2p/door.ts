import type { Connection, ConnectionGater, StreamMiddleware } from "@libp2p/interface";
import { relayOf } from "./addresses.ts";

/** Connections from peers that are not members which may be open at once. */
const MAX_STRANGERS = 16;
const MAX_CONNECTIONS_PER_PEER = 6;

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
    denyInboundUpgradedConnection: (peer) => !this.#hasRoomFor(peer.toString()),
    denyInboundRelayReservation: (source) => !this.isMember(source.toString()),
    denyOutboundRelayedConnection: (source, destination) =>
      !this.isMember(source.toString()) || !this.isMember(destination.toString()),
    denyInboundRelayedConnection: (relay) => !this.#relays.has(relay.toString()) && !this.isMember(relay.toString()),
  };

  /** Lets a protocol's streams through with members only, in both directions: to anybody else this node is silent. */
  readonly membersOnly: StreamMiddleware = (stream, connection, next) => {
    if (!this.isMember(connection.remotePeer.toString())) throw new Error("not a member");
    next(stream, connection);
  };

  /** The same for streams that others open; what this node opens itself is its own choice. */
  readonly membersOnlyInbound: StreamMiddleware = (stream, connection, next) => {
    const peer = connection.remotePeer.toString();
    const known = this.isMember(peer) || this.#relays.has(peer);
    if (stream.direction === "inbound" && !known) throw new Error("not a member");
    next(stream, connection);
  };

  #hasRoomFor(peer: string): boolean {
    const inbound = this.#connections().filter((connection) => connection.direction === "inbound");
    const own = inbound.filter((connection) => connection.remotePeer.toString() === peer);
    if (own.length >= MAX_CONNECTIONS_PER_PEER) return false;
    if (this.isMember(peer)) return true;
    return inbound.filter((connection) => !this.isMember(connection.remotePeer.toString())).length < MAX_STRANGERS;
  }
}
