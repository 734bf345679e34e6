import { type Server, type Socket, createServer } from "node:net";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import { createLibp2pMesh } from "../../core/mesh/libp2p/mesh.ts";
import { LINK_PROTOCOL } from "../../core/mesh/libp2p/protocol.ts";
import type { Mesh, PeerId } from "../../core/ports/mesh.ts";
import { systemClock, systemRandom } from "../../electron/host/platform.ts";
import { type MeshHarness, type RawLink, meshConformance } from "./mesh.ts";

const LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 20;

function libp2pHarness(): MeshHarness {
  const endings: (() => Promise<void> | void)[] = [];
  const until = async (condition: () => boolean, what: string): Promise<void> => {
    const end = performance.now() + LIMIT_MS;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`never came: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    async createMesh(rendezvousTag) {
      const options = { rendezvousTag, relays: [], localDiscovery: false };
      const mesh = await createLibp2pMesh({ ...options, clock: systemClock, random: systemRandom });
      endings.push(() => mesh.stop());
      return onLoopback(mesh);
    },
    until,
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
    async connectRaw(mesh) {
      const node = await createLibp2p({
        transports: [tcp()],
        streamMuxers: [yamux()],
        connectionEncrypters: [noise()],
      });
      endings.push(() => node.stop());
      const stream = await node.dialProtocol(multiaddr(mesh.addresses()[0]), LINK_PROTOCOL);
      stream.addEventListener("message", () => undefined);
      let closed = false;
      stream.addEventListener("close", () => {
        closed = true;
      });
      const raw: RawLink = {
        peer: node.peerId.toString() as PeerId,
        get isClosed() {
          return closed;
        },
        write: (bytes) => void stream.send(bytes),
        stopReading: () => stream.pause(),
      };
      return raw;
    },
    async stop() {
      for (const end of endings.reverse()) await end();
    },
  };
}

/** The same mesh, named by its loopback TCP address alone, so that what is tried is one way and not whichever of eight is first. */
function onLoopback(mesh: Mesh): Mesh {
  const loopback = mesh.addresses().filter((address) => address.startsWith("/ip4/127.0.0.1/tcp/"));
  return new Proxy(mesh, {
    get(target, name) {
      if (name === "addresses") return () => loopback;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}

meshConformance("over libp2p", () => Promise.resolve(libp2pHarness()));
