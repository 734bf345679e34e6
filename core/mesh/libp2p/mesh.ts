import type { Multiaddr } from "@multiformats/multiaddr";
import { VigilError } from "../../base/errors.ts";
import { type Ending, Scope } from "../../base/scope.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Address, LinkId, Mesh, MeshEvent, MeshOptions, PeerId } from "../../ports/mesh.ts";
import type { Random } from "../../ports/random.ts";
import { EventQueue } from "../event-queue.ts";
import { MAX_LINKS_PER_PEER, MAX_PIPES_PER_PEER } from "../limits.ts";
import { every } from "../ticker.ts";
import { bestAddresses, dialable, onlyLoopback, parseAddress, peerOf } from "./addresses.ts";
import { Caretaker } from "./caretaker.ts";
import { raceToPeer } from "./dial.ts";
import { Departures } from "./departures.ts";
import { Door } from "./door.ts";
import { Gossip } from "./gossip.ts";
import { Links } from "./links.ts";
import { listenAddresses } from "./listen.ts";
import { type MeshNode, startNode } from "./node.ts";
import { StreamPipes } from "./pipes.ts";
import { LINK_PROTOCOL, PIPE_PROTOCOL } from "./protocol.ts";
import { RelayListener } from "./relay-listener.ts";

const CHECK_MS = 1_000;
const REFILL_CHECKS = 10;
const MAX_DIALS = 64;
/** What fits a DNS label beside the prefix (RFC 1035, section 2.3.4). */
const RENDEZVOUS_TAG = /^[A-Za-z0-9_-]{8,48}$/;

export interface Libp2pMeshOptions extends MeshOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Dials this machine itself although it has a network: for tests. Without any network that is always done. */
  readonly dialsItself?: boolean;
}

/**
 * Starts the network of one meeting over libp2p.
 * Throws `rendezvous-tag` for a tag that is not 8 to 48 base64url characters. Relays that do not parse are passed over.
 */
export async function createLibp2pMesh(options: Libp2pMeshOptions): Promise<Mesh> {
  const serviceTag = serviceTagOf(options.rendezvousTag);
  const relays = options.relays.map(parseAddress).filter((relay) => relay !== null && peerOf(relay) !== null);
  const chosen = new Set(
    relays.map((relay) => (relay === null ? null : peerOf(relay))).filter((peer) => peer !== null),
  );
  let node: MeshNode | null = null;
  const door = new Door(chosen, () => node?.getConnections() ?? []);
  node = await startNode({
    random: options.random,
    peerKey: options.peerKey,
    door,
    serviceTag: options.localDiscovery ? serviceTag : null,
    listen: listenAddresses(relays.length > 0),
  });
  const mesh = new Libp2pMesh({
    node,
    door,
    clock: options.clock,
    dialsItself: options.dialsItself ?? false,
    chosen,
    relays: relays.filter((r) => r !== null),
  });
  await mesh.open();
  return mesh;
}

function serviceTagOf(rendezvousTag: string): string {
  if (!RENDEZVOUS_TAG.test(rendezvousTag)) throw new VigilError("rendezvous-tag", "defect");
  return `_vigil-${rendezvousTag}._udp.local`;
}

interface MeshInit {
  readonly node: MeshNode;
  readonly door: Door;
  readonly clock: Clock;
  readonly dialsItself: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly relays: readonly Multiaddr[];
}

class Libp2pMesh implements Mesh {
  readonly self: PeerId;
  readonly pipes: StreamPipes;
  readonly #init: MeshInit;
  readonly #node: MeshNode;
  readonly #door: Door;
  readonly #events = new EventQueue();
  readonly #scope = new Scope();
  readonly #stopping = new AbortController();
  readonly #links: Links;
  readonly #gossip: Gossip;
  readonly #caretaker: Caretaker;
  readonly #relayListener: RelayListener;
  readonly #departures: Departures;
  #known: readonly Address[] = [];
  #dials = 0;
  #checks = 0;

  constructor(init: MeshInit) {
    const { node, door, clock } = init;
    this.self = node.peerId.toString() as PeerId;
    this.#init = init;
    this.#node = node;
    this.#door = door;
    this.#links = new Links(this.#events, clock);
    this.pipes = new StreamPipes(() => node.getConnections());
    this.#relayListener = new RelayListener(init.relays, node.services.parts.transportManager);
    this.#departures = new Departures(node, this.#scope);
    this.#gossip = new Gossip({
      gossip: node.services.gossip,
      door,
      scope: this.#scope,
      onGossip: (peer, bytes) =>
        this.#events.push({ type: "gossip", peer: peer as PeerId, bytes: new Uint8Array(bytes) }),
    });
    this.#caretaker = new Caretaker({
      door,
      hasLink: (connection) => this.#links.has(connection),
      identify: (connection) => node.services.identify.identify(connection),
    });
  }

  async open(): Promise<void> {
    const options = { maxInboundStreams: MAX_LINKS_PER_PEER, runOnLimitedConnection: true };
    await this.#node.handle(
      LINK_PROTOCOL,
      (stream, connection) => this.#links.open(stream, connection, "inbound"),
      options,
    );
    await this.#node.handle(PIPE_PROTOCOL, (stream, connection) => this.pipes.opened(stream, connection), {
      maxInboundStreams: MAX_PIPES_PER_PEER,
      runOnLimitedConnection: true,
    });
    this.#known = this.addresses();
    this.#check();
    this.#scope.add(every(this.#init.clock, CHECK_MS, () => this.#check()));
    await this.#node.services.discovery.begin(({ peer, addresses }) => {
      if (peer !== this.self) this.#events.push({ type: "peer-found", peer: peer as PeerId, addresses });
    });
  }

  addresses(): readonly Address[] {
    return bestAddresses(this.#node.getMultiaddrs());
  }

  dial(peer: PeerId, addresses: readonly Address[]): void {
    if (this.#stopping.signal.aborted) return;
    this.#reach(peer, addresses).then(
      (reached) => {
        if (!reached) this.#events.push({ type: "dial-failed", peer });
      },
      () => this.#events.push({ type: "dial-failed", peer }),
    );
  }

  send(link: LinkId, ...messages: readonly Uint8Array[]): void {
    this.#links.get(link)?.send(messages);
  }

  close(link: LinkId): void {
    const open = this.#links.get(link);
    if (open === undefined) return;
    this.#events.deafen(link);
    open.close();
  }

  publish(message: Uint8Array): void {
    if (!this.#stopping.signal.aborted) this.#gossip.publish(message);
  }

  setMembers(peers: readonly PeerId[]): void {
    this.#door.setMembers(peers);
    this.pipes.keepOnly(this.#door.members);
    const connections = this.#node.getConnections();
    this.#gossip.drop(connections);
    this.#caretaker.check(connections);
  }

  announceAs(tags: readonly string[]): void {
    if (this.#stopping.signal.aborted) return;
    // Without multicast nobody is found; everything else goes on.
    this.#node.services.discovery.announceAs(tags.map(serviceTagOf)).catch(() => undefined);
  }

  subscribe(listener: (event: MeshEvent) => void): Ending {
    return this.#events.subscribe(listener);
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#scope.end();
    this.#links.closeAll();
    this.pipes.abortAll();
    this.#events.stop();
    await this.#node.services.discovery.end();
    await this.#node.stop();
  }

  async #reach(peer: PeerId, texts: readonly Address[]): Promise<boolean> {
    const loopback = this.#init.dialsItself || onlyLoopback(this.#node.getMultiaddrs());
    const addresses = dialable(peer, texts, { relays: this.#init.chosen, loopback });
    if (peer === this.self || this.#dials >= MAX_DIALS) return false;
    const existing = this.#node.getConnections().filter((connection) => connection.remotePeer.toString() === peer);
    this.#dials++;
    try {
      const reached = await raceToPeer({
        addresses,
        existing,
        transports: this.#node.services.parts.transportManager,
        clock: this.#init.clock,
        dialsUnderWay: () => this.#dials,
        signal: this.#stopping.signal,
      });
      if (reached === null) return false;
      this.#links.open(reached.stream, reached.connection, "outbound");
      return true;
    } finally {
      this.#dials--;
    }
  }

  #check(): void {
    this.#caretaker.check(this.#node.getConnections());
    this.#relayListener.check(this.#node.getMultiaddrs());
    if (this.#checks++ % REFILL_CHECKS === 0) this.#node.services.discovery.refill();
    this.#departures.check();
    this.#reportAddresses();
  }

  #reportAddresses(): void {
    const addresses = this.addresses();
    if (addresses.join() === this.#known.join()) return;
    this.#known = addresses;
    this.#events.push({ type: "addresses", addresses });
  }
}
