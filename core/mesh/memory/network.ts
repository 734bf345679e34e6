import type { Clock } from "../../ports/clock.ts";
import type { Address, Mesh, MeshOptions, PeerId } from "../../ports/mesh.ts";
import type { Random } from "../../ports/random.ts";
import { SILENCE_LIMIT_MS } from "../limits.ts";
import { MemoryMesh } from "./mesh.ts";
import { peerIdOf } from "./peer-id.ts";
import { RawPeer } from "./raw-peer.ts";
import type { MemoryNode, Reach, Surroundings } from "./surroundings.ts";
import { type Way, Weather } from "./weather.ts";
import { Wire, type WireHolder } from "./wire.ts";

const DISCOVERY_MS = 50;

export interface MemoryNetworkOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How long a link takes to notice that its peer is gone without a word, in milliseconds. */
  readonly detectionMs?: number;
}

/** A network of meshes in one process, whose time, delays and faults belong to the test. The same seed gives the same run. */
export function createMemoryNetwork(options: MemoryNetworkOptions): MemoryNetwork {
  return new MemoryNetwork(options);
}

/** The network behind `createMemoryNetwork`. */
export class MemoryNetwork implements Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly weather: Weather;
  readonly #detectionMs: number;
  readonly #meshes = new Map<Address, MemoryMesh>();
  readonly #silent = new Set<Address>();
  readonly #wires = new Set<Wire>();
  #hosts = 0;

  constructor(options: MemoryNetworkOptions) {
    this.clock = options.clock;
    this.random = options.random;
    this.weather = new Weather(options.random);
    this.#detectionMs = options.detectionMs ?? SILENCE_LIMIT_MS;
  }

  /** A mesh with an address of its own, ready at once. */
  createMesh(options: Partial<MeshOptions> = {}): Mesh {
    const peer = peerIdOf(options.peerKey?.reveal() ?? this.random.bytes(32));
    const mesh = new MemoryMesh({
      network: this,
      peer,
      address: this.#freshAddress(peer),
      tag: options.rendezvousTag ?? "",
      discoverable: options.localDiscovery ?? false,
    });
    this.#meshes.set(mesh.address, mesh);
    this.announced(mesh);
    return mesh;
  }

  /** Sets what all ways are like that have not been set for themselves. */
  setAllWays(way: Partial<Way>): void {
    this.weather.setAll(way);
  }

  /** Sets what the way between two meshes is like. */
  setWay(left: Mesh, right: Mesh, way: Partial<Way>): void {
    this.weather.set(left.self, right.self, way);
  }

  /** Breaks every link between two meshes; both see it at once and may dial again. */
  cut(left: Mesh, right: Mesh): void {
    for (const wire of [...this.#wires]) if (wire.joins(left.self, right.self)) wire.snap();
  }

  /** Nothing gets through between the groups, and nobody is told: links notice after the detection time, dials run into their limit. */
  partition(groups: readonly (readonly Mesh[])[]): void {
    this.weather.partition(groups.map((group) => group.map((mesh) => mesh.self)));
    this.#checkWires();
  }

  /** Ends a partition. Links that have not noticed it go on with what was held. */
  heal(): void {
    this.weather.heal();
    this.#checkWires();
    for (const mesh of this.#meshes.values()) this.#introduce(mesh);
  }

  /** Ends a mesh as a crash does: it says nothing more, and its peers notice after the detection time. */
  kill(mesh: Mesh): void {
    this.#find(mesh).die();
    this.#checkWires();
  }

  /** An address of this peer that takes a connection and never answers. */
  silentAddress(peer: PeerId): Address {
    const address = this.#freshAddress(peer);
    this.#silent.add(address);
    return address;
  }

  /** An address of this peer where nobody listens. */
  deadAddress(peer: PeerId): Address {
    return this.#freshAddress(peer);
  }

  /** A peer without a mesh, linked to one, that writes what bytes it likes. The link is there when the callback comes. */
  connectRaw(mesh: Mesh, onOpen: (peer: RawPeer) => void): void {
    const target = this.#find(mesh);
    const raw = new RawPeer(peerIdOf(this.random.bytes(32)));
    const wire = this.join(raw, target);
    raw.start(wire.left);
    wire.afterTravel(wire.left, () => {
      target.accept(wire.right, this.#freshAddress(raw.peer));
      onOpen(raw);
    });
  }

  reach(from: PeerId, address: Address): Reach {
    if (this.#silent.has(address)) return "silent";
    const mesh = this.#meshes.get(address);
    if (mesh === undefined) return "refused";
    if (!mesh.alive || !this.weather.reachable(from, mesh.peer)) return "silent";
    return mesh.running ? mesh : "refused";
  }

  announced({ address }: MemoryNode): void {
    this.clock.after(DISCOVERY_MS, () => {
      const mesh = this.#meshes.get(address);
      if (mesh !== undefined) this.#introduce(mesh);
    });
  }

  join(left: WireHolder, right: WireHolder): Wire {
    const wire = new Wire({
      clock: this.clock,
      left,
      right,
      path: this.weather.between(left.peer, right.peer).path,
      travelTime: (from, to) => this.weather.travelTime(from, to),
      reachable: (from, to) => this.weather.reachable(from, to),
      onDead: (dead) => this.#wires.delete(dead),
    });
    this.#wires.add(wire);
    wire.check(this.#detectionMs);
    return wire;
  }

  #checkWires(): void {
    for (const wire of [...this.#wires]) wire.check(this.#detectionMs);
  }

  #introduce(mesh: MemoryMesh): void {
    for (const other of this.#meshes.values()) {
      if (other === mesh || !mesh.sharesDiscoveryWith(other) || !this.weather.reachable(mesh.peer, other.peer))
        continue;
      mesh.found(other);
      other.found(mesh);
    }
  }

  #find(mesh: Mesh): MemoryMesh {
    for (const known of this.#meshes.values()) if (known === mesh) return known;
    throw new RangeError("a mesh of another network");
  }

  #freshAddress(peer: PeerId): Address {
    const host = ++this.#hosts;
    return `/ip4/10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}/tcp/4001/p2p/${peer}`;
  }
}
