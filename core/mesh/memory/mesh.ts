import type { Ending } from "../../base/scope.ts";
import {
  type Address,
  type LinkId,
  MAX_QUEUED_BYTES,
  type Mesh,
  type MeshEvent,
  type PeerId,
} from "../../ports/mesh.ts";
import { EventQueue } from "../event-queue.ts";
import { checkSizes, FrameReader, packed } from "../framing.ts";
import { MAX_DIALLED_ADDRESSES, MAX_LINKS_PER_PEER } from "../limits.ts";
import { raceInMemory } from "./dial.ts";
import { MemoryGossip } from "./gossip.ts";
import type { MemoryNode, Rumour, Surroundings } from "./surroundings.ts";
import { MemoryPipes } from "./pipes.ts";
import type { WireEnd, WireHolder } from "./wire.ts";

export interface MemoryMeshInit {
  readonly network: Surroundings;
  readonly peer: PeerId;
  readonly address: Address;
  readonly tag: string;
  readonly discoverable: boolean;
}

interface Line {
  readonly end: WireEnd;
  readonly reader: FrameReader;
  readonly peer: PeerId;
}

/** A mesh on a `MemoryNetwork`. */
export class MemoryMesh implements Mesh, MemoryNode {
  readonly self: PeerId;
  readonly peer: PeerId;
  readonly address: Address;
  readonly pipes: MemoryPipes;
  readonly #discoverable: boolean;
  #tags: readonly string[];
  readonly #network: Surroundings;
  readonly #events: EventQueue;
  readonly #dialling = new Map<WireEnd, Address>();
  readonly #lines = new Map<LinkId, Line>();
  readonly #gossip: MemoryGossip;
  #alive = true;
  #running = true;
  #count = 0;

  constructor(init: MemoryMeshInit) {
    this.#discoverable = init.discoverable;
    this.#tags = [init.tag];
    this.#network = init.network;
    this.self = init.peer;
    this.peer = init.peer;
    this.address = init.address;
    this.#events = new EventQueue((deliver) => this.#network.clock.after(0, deliver));
    this.pipes = new MemoryPipes({
      network: init.network,
      self: this,
      linkedTo: (peer) => this.#neighbours().find((node) => node.peer === peer) ?? null,
    });
    this.#gossip = new MemoryGossip({
      network: init.network,
      self: this,
      neighbours: () => this.#neighbours(),
      onGossip: (peer, bytes) => this.#tell({ type: "gossip", peer, bytes }),
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** False once it was stopped: nobody listens here any more. */
  get running(): boolean {
    return this.#running;
  }

  hear(from: PeerId, rumour: Rumour): void {
    this.#gossip.hear(from, rumour);
  }

  addresses(): readonly Address[] {
    return [this.address];
  }

  dial(peer: PeerId, addresses: readonly Address[]): void {
    if (!this.#running) return;
    const own = addresses.slice(0, MAX_DIALLED_ADDRESSES).filter((address) => address.endsWith(`/p2p/${peer}`));
    raceInMemory({
      network: this.#network,
      from: this.self,
      peer,
      addresses: peer === this.self ? [] : own,
      onReached: (mesh, address) => this.#connect(mesh, address),
      onFailed: () => this.#tell({ type: "dial-failed", peer }),
    });
  }

  send(link: LinkId, ...messages: readonly Uint8Array[]): void {
    const line = this.#lines.get(link);
    checkSizes(messages);
    for (const piece of packed(messages)) {
      if (line === undefined || !line.end.open) return;
      if (line.end.out.size + piece.length > MAX_QUEUED_BYTES) line.end.break();
      else line.end.write(piece);
    }
  }

  close(link: LinkId): void {
    const line = this.#lines.get(link);
    if (line === undefined) return;
    this.#events.deafen(link);
    line.end.close();
  }

  publish(message: Uint8Array): void {
    if (this.#running) this.#gossip.publish(message);
  }

  setMembers(peers: readonly PeerId[]): void {
    this.#gossip.setMembers(peers);
    this.pipes.setMembers(peers);
  }

  announceAs(tags: readonly string[]): void {
    this.#tags = tags;
    this.#network.announced(this);
  }

  subscribe(listener: (event: MeshEvent) => void): Ending {
    return this.#events.subscribe(listener);
  }

  stop(): Promise<void> {
    if (this.#running) {
      for (const line of [...this.#lines.values()]) line.end.break();
      this.pipes.abortAll();
      this.#running = false;
      this.#events.stop();
    }
    return Promise.resolve();
  }

  /** Ends without a word, as a crash does. */
  die(): void {
    this.#alive = false;
    this.#running = false;
    this.#events.discard();
  }

  sharesDiscoveryWith(other: MemoryMesh): boolean {
    const both = this.#discoverable && other.#discoverable;
    return both && this.#running && other.#running && this.#tags.some((tag) => other.#tags.includes(tag));
  }

  found(other: MemoryMesh): void {
    this.#tell({ type: "peer-found", peer: other.self, addresses: other.addresses() });
  }

  /** Takes the near end of a wire that somebody else laid. */
  accept(end: WireEnd, remoteAddress: Address): void {
    const peer = end.wire.otherEnd(end).holder.peer;
    const held = [...this.#lines.values()].filter((line) => line.peer === peer).length;
    if (!this.#running || held >= MAX_LINKS_PER_PEER) end.break();
    else this.#hold(end, { peer, direction: "inbound", remoteAddress });
  }

  received(end: WireEnd, bytes: Uint8Array): void {
    const dialled = this.#dialling.get(end);
    if (dialled !== undefined) {
      this.#dialling.delete(end);
      this.#hold(end, { peer: end.wire.otherEnd(end).holder.peer, direction: "outbound", remoteAddress: dialled });
    } else if (this.#lineAt(end)?.reader.read(bytes) === "broken") {
      end.break();
    }
  }

  closed(end: WireEnd): void {
    if (this.#dialling.delete(end)) this.#tell({ type: "dial-failed", peer: end.wire.otherEnd(end).holder.peer });
    for (const [link, line] of this.#lines) {
      if (line.end !== end) continue;
      this.#lines.delete(link);
      this.#tell({ type: "link-closed", link });
    }
  }

  #connect(target: MemoryNode, remoteAddress: Address): void {
    const wire = this.#network.join(this, target);
    this.#dialling.set(wire.left, remoteAddress);
    // An empty piece says that the link is open; it travels ahead of all messages.
    wire.right.write(new Uint8Array(0));
    target.accept(wire.right, this.address);
  }

  #lineAt(end: WireEnd): Line | undefined {
    for (const line of this.#lines.values()) if (line.end === end) return line;
    return undefined;
  }

  #hold(end: WireEnd, about: { peer: PeerId; direction: "outbound" | "inbound"; remoteAddress: Address }): void {
    const link = `link-${++this.#count}` as LinkId;
    const reader = new FrameReader((bytes) => this.#tell({ type: "message", link, bytes }));
    this.#lines.set(link, { end, reader, peer: about.peer });
    this.#tell({ type: "link-opened", link, path: end.wire.path, ...about });
  }

  #neighbours(): MemoryNode[] {
    return [...this.#lines.values()].map((line) => line.end.wire.otherEnd(line.end).holder).filter(isNode);
  }

  #tell(event: MeshEvent): void {
    if (this.#running) this.#events.push(event);
  }
}

function isNode(holder: WireHolder): holder is MemoryNode {
  return "hear" in holder;
}
