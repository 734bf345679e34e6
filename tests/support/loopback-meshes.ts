import { type Server, type Socket, createServer } from "node:net";
import type { Libp2p, Stream } from "@libp2p/interface";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import { createLibp2pMesh } from "../../core/mesh/libp2p/mesh.ts";
import { LINK_PROTOCOL } from "../../core/mesh/libp2p/protocol.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Address, Mesh, MeshOptions, PeerId } from "../../core/ports/mesh.ts";
import { systemClock, systemRandom } from "../../electron/host/platform.ts";
import type { MeshHarness, RawLink } from "../conformance/mesh-scene.ts";

const LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 20;

export interface LoopbackMeshes extends MeshHarness {
  createMesh(rendezvousTag: string, options?: Partial<MeshOptions> & { clock?: Clock }): Promise<Mesh>;
  /** A bare libp2p node that has dialled a mesh and opened no link. */
  connectStranger(mesh: Mesh): Promise<Libp2p>;
  openRaw(stranger: Libp2p, mesh: Mesh): Promise<RawLink>;
  onEnd(ending: () => Promise<void> | void): void;
}

/** Real meshes over libp2p, met by strangers, silent servers and closed ports, all on 127.0.0.1. */
export function loopbackMeshes(): LoopbackMeshes {
  const endings: (() => Promise<void> | void)[] = [];
  const harness: LoopbackMeshes = {
    async createMesh(rendezvousTag, { clock = systemClock, ...options } = {}) {
      const usual = { rendezvousTag, relays: [], localDiscovery: false, dialsItself: true };
      const mesh = await createLibp2pMesh({ ...usual, ...options, clock, random: systemRandom });
      endings.push(() => mesh.stop());
      return onLoopback(mesh);
    },
    until: waitUntil,
    async silentAddress(peer) {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined);
      });
      const port = await listen(server);
      endings.push(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      return `/ip4/127.0.0.1/tcp/${port}/p2p/${peer}`;
    },
    async deadAddress(peer) {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      return `/ip4/127.0.0.1/tcp/${port}/p2p/${peer}`;
    },
    async connectStranger(mesh) {
      const node = await createLibp2p({
        transports: [tcp()],
        streamMuxers: [yamux()],
        connectionEncrypters: [noise()],
      });
      endings.push(() => node.stop());
      await node.dial(multiaddr(mesh.addresses()[0]));
      return node;
    },
    async openRaw(stranger, mesh) {
      const stream = await stranger.dialProtocol(multiaddr(mesh.addresses()[0]), LINK_PROTOCOL);
      return rawLink(stranger.peerId.toString() as PeerId, stream);
    },
    async connectRaw(mesh) {
      return harness.openRaw(await harness.connectStranger(mesh), mesh);
    },
    onEnd: (ending) => void endings.push(ending),
    async stop() {
      for (const end of endings.splice(0).reverse()) await end();
    },
  };
  return harness;
}

/** The machine's clock, `times` as fast for everything that waits. */
export function hurriedClock(times: number): Clock {
  return { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / times, callback) };
}

/** Starts a server on a free port of 127.0.0.1 and names the port. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}

/** The port of a TCP address. */
export function portOf(address: Address | undefined): number {
  return Number(address?.split("/tcp/")[1]?.split("/")[0]);
}

async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function rawLink(peer: PeerId, stream: Stream): RawLink {
  let closed = stream.status !== "open";
  stream.addEventListener("message", () => undefined);
  stream.addEventListener("close", () => {
    closed = true;
  });
  return {
    peer,
    get isClosed() {
      return closed;
    },
    write: (bytes) => void stream.send(bytes),
    stopReading: () => stream.pause(),
  };
}

/** The same mesh, named by its loopback TCP addresses alone, so that what is tried is one way and not whichever of eight is first. */
function onLoopback(mesh: Mesh): Mesh {
  const loopback = (): readonly Address[] =>
    mesh.addresses().filter((address) => address.startsWith("/ip4/127.0.0.1/tcp/") && !address.includes("/ws/"));
  return new Proxy(mesh, {
    get(target, name) {
      if (name === "addresses") return loopback;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
  });
}
