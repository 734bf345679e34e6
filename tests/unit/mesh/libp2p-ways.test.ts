import { Socket as UdpSocket } from "node:dgram";
import { Server, type Socket, connect as connectTcp, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLibp2pMesh } from "../../../core/mesh/libp2p/mesh.ts";
import { preloadMesh } from "../../../core/mesh/libp2p/preload.ts";
import { systemClock, systemRandom } from "../../../electron/host/platform.ts";
import { Watch } from "../../conformance/mesh-watch.ts";
import { type LoopbackMeshes, listen, loopbackMeshes, portOf } from "../../support/loopback-meshes.ts";

const TAG = "ways-between-peers";

describe("the ways of a libp2p mesh", () => {
  let meshes: LoopbackMeshes;

  beforeEach(() => {
    meshes = loopbackMeshes();
  });

  afterEach(() => meshes.stop());

  const watch = async (options: Parameters<LoopbackMeshes["createMesh"]>[1] = {}): Promise<Watch> =>
    new Watch(await meshes.createMesh(TAG, options));

  const everyAddress = async (): Promise<Watch> => {
    const usual = { rendezvousTag: TAG, relays: [], localDiscovery: false };
    const mesh = await createLibp2pMesh({ ...usual, clock: systemClock, random: systemRandom });
    meshes.onEnd(() => mesh.stop());
    return new Watch(mesh);
  };

  test.each([
    ["TCP", /\/tcp\/\d+\/p2p/],
    ["WebSockets", /\/ws\/p2p/],
  ])("lead over %s alone", async (_name, wanted) => {
    const alice = await everyAddress();
    const bob = await everyAddress();
    const addresses = bob.mesh.addresses().filter((address) => wanted.test(address));
    expect(addresses.length).toBeGreaterThan(0);
    alice.mesh.dial(bob.mesh.self, addresses);
    await meshes.until(() => bob.linksWith(alice.mesh.self).length > 0, "the link");
    await meshes.until(() => alice.linksWith(bob.mesh.self).length > 0, "the link");
    const link = alice.linksWith(bob.mesh.self)[0];
    expect(link?.remoteAddress).toMatch(wanted);
    if (link !== undefined) alice.mesh.send(link.link, new Uint8Array(200_000).fill(3));
    await meshes.until(() => bob.all("message").length === 1, "the message");
    expect(bob.all("message")[0]?.bytes.length).toBe(200_000);
  });

  test("are tried side by side: of all addresses, one link comes", async () => {
    const alice = await everyAddress();
    const bob = await everyAddress();
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    await meshes.until(() => alice.linksWith(bob.mesh.self).length > 0, "the link");
    const link = alice.linksWith(bob.mesh.self)[0];
    if (link !== undefined) alice.mesh.send(link.link, Uint8Array.of(1));
    await meshes.until(() => bob.all("message").length === 1, "the message");
    expect(alice.all("link-opened").length).toBe(1);
    expect(bob.openLinksWith(alice.mesh.self).length).toBe(1);
  });

  test("that died without a word do not hold up a new dial", async () => {
    const alice = await watch();
    const bob = await watch();
    const { address, freeze } = await freezingWay(meshes, bob);
    alice.mesh.dial(bob.mesh.self, [address]);
    await meshes.until(() => alice.linksWith(bob.mesh.self).length === 1, "the first link");
    freeze();
    // The first has the dead connection alone, and fails when that does not answer; the second must not wait for as much.
    alice.mesh.dial(bob.mesh.self, []);
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    await meshes.until(() => alice.linksWith(bob.mesh.self).length === 2, "the second link");
    expect(alice.all("link-closed")).toEqual([]);
    expect(alice.all("dial-failed")).toEqual([]);
  });

  test("lead through a relay for members, and for nobody else", { timeout: 30_000 }, async () => {
    const relay = await watch();
    const bob = await everyAddressWith(meshes, [relay.mesh.addresses()[0] ?? ""]);
    const alice = await watch();
    const stranger = await watch();
    const relayed = (): readonly string[] =>
      bob.mesh.addresses().filter((address) => address.includes(`${relay.mesh.self}/p2p-circuit`));
    expect(relayed()).toEqual([]);
    relay.mesh.setMembers([alice.mesh.self, bob.mesh.self]);
    await meshes.until(() => relayed().length > 0, "a place at the relay");
    await meshes.until(() => bob.all("addresses").length > 0, "the news of it");
    stranger.mesh.dial(bob.mesh.self, relayed());
    alice.mesh.dial(bob.mesh.self, relayed());
    await meshes.until(() => bob.linksWith(alice.mesh.self).length > 0, "the relayed link");
    await meshes.until(() => stranger.all("dial-failed").length > 0, "the refusal");
    expect(bob.all("link-opened").map(({ peer, path }) => [peer, path])).toEqual([[alice.mesh.self, "relayed"]]);
    // One who was removed still has a place there, and is passed nothing.
    const carol = await watch();
    relay.mesh.setMembers([alice.mesh.self, carol.mesh.self]);
    carol.mesh.dial(bob.mesh.self, relayed());
    await meshes.until(() => carol.all("dial-failed").length > 0, "the refusal");
    expect(bob.all("link-opened").length).toBe(1);
    // It dies: what led through it ends, and what else leads there is taken.
    await relay.mesh.stop();
    await meshes.until(() => alice.openLinksWith(bob.mesh.self).length === 0, "the end of the link");
    const direct = bob.mesh.addresses().filter((address) => !address.includes("p2p-circuit"));
    alice.mesh.dial(bob.mesh.self, [...relayed(), ...direct]);
    await meshes.until(() => alice.openLinksWith(bob.mesh.self).length > 0, "a direct link");
    expect(alice.openLinksWith(bob.mesh.self).map(({ path }) => path)).toEqual(["direct"]);
  });

  test("are found on the local network by those of the same meeting only", { timeout: 30_000 }, async () => {
    const alice = await watch({ localDiscovery: true });
    const other = new Watch(await meshes.createMesh("some-other-meeting", { localDiscovery: true }));
    const bob = await watch({ localDiscovery: true });
    await meshes.until(() => bob.all("peer-found").length > 0 && alice.all("peer-found").length > 0, "each other");
    expect(new Set(bob.all("peer-found").map(({ peer }) => peer))).toEqual(new Set([alice.mesh.self]));
    expect(new Set(alice.all("peer-found").map(({ peer }) => peer))).toEqual(new Set([bob.mesh.self]));
    expect(other.all("peer-found")).toEqual([]);
    for (const { addresses } of bob.all("peer-found")) {
      expect(addresses.some((address) => /\/(127\.|ip6\/::1\/)/.test(address))).toBe(false);
      expect(addresses.every((address) => address.endsWith(`/p2p/${alice.mesh.self}`))).toBe(true);
    }
  });

  test("are found under the names of the present moment", { timeout: 30_000 }, async () => {
    const [today, yesterday] = ["the-tag-of-today", "the-tag-of-yesterday"];
    const alice = await watch({ localDiscovery: true });
    const bob = new Watch(await meshes.createMesh(today, { localDiscovery: true }));
    const quiet = await watch();
    alice.mesh.announceAs([today, yesterday]);
    quiet.mesh.announceAs([today]);
    await meshes.until(() => bob.all("peer-found").length > 0 && alice.all("peer-found").length > 0, "each other");
    const carol = new Watch(await meshes.createMesh(yesterday, { localDiscovery: true }));
    await meshes.until(() => carol.all("peer-found").length > 0, "the one of both days");
    alice.mesh.announceAs([today]);
    const dan = new Watch(await meshes.createMesh(yesterday, { localDiscovery: true }));
    await meshes.until(() => dan.all("peer-found").length > 0, "the one of yesterday");
    expect(new Set(dan.all("peer-found").map(({ peer }) => peer))).toEqual(new Set([carol.mesh.self]));
    expect(new Set(bob.all("peer-found").map(({ peer }) => peer))).toEqual(new Set([alice.mesh.self]));
  });

  test("have a new name for each meeting", async () => {
    const [first, second] = [await watch(), await watch()];
    expect(first.mesh.self).not.toBe(second.mesh.self);
  });

  test("refuse a rendezvous tag that does not fit a DNS label", async () => {
    for (const tag of ["", "short", "has space in it", "x".repeat(49)]) {
      await expect(meshes.createMesh(tag)).rejects.toMatchObject({ code: "rendezvous-tag" });
    }
  });

  test("can be prepared without opening any", async () => {
    const listening = vi.spyOn(Server.prototype, "listen");
    const binding = vi.spyOn(UdpSocket.prototype, "bind");
    await preloadMesh(systemRandom);
    expect([listening.mock.calls.length, binding.mock.calls.length]).toEqual([0, 0]);
    await watch();
    expect(listening).toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

async function everyAddressWith(meshes: LoopbackMeshes, relays: readonly string[]): Promise<Watch> {
  const usual = { rendezvousTag: TAG, localDiscovery: false };
  const mesh = await createLibp2pMesh({ ...usual, relays, clock: systemClock, random: systemRandom });
  meshes.onEnd(() => mesh.stop());
  return new Watch(mesh);
}

/** A way to a mesh that passes on everything until it is frozen, and then nothing, without closing. */
async function freezingWay(meshes: LoopbackMeshes, to: Watch): Promise<{ address: string; freeze: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connectTcp(portOf(to.mesh.addresses()[0]), "127.0.0.1");
    for (const socket of [near, far]) {
      socket.on("error", () => undefined);
      sockets.push(socket);
    }
    near.pipe(far);
    far.pipe(near);
  });
  const port = await listen(server);
  meshes.onEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const freeze = (): void => {
    for (const socket of sockets) {
      socket.unpipe();
      socket.pause();
    }
  };
  return { address: `/ip4/127.0.0.1/tcp/${port}/p2p/${to.mesh.self}`, freeze };
}
