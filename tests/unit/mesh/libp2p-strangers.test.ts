import { connect as connectTcp } from "node:net";
import type { Libp2p } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Watch } from "../../conformance/mesh-watch.ts";
import { type LoopbackMeshes, hurriedClock, loopbackMeshes, portOf } from "../../support/loopback-meshes.ts";

const TAG = "strangers-at-the-door";

describe("a libp2p mesh and those it does not know", () => {
  let meshes: LoopbackMeshes;

  beforeEach(() => {
    meshes = loopbackMeshes();
  });

  afterEach(() => meshes.stop());

  const watch = async (options: Parameters<LoopbackMeshes["createMesh"]>[1] = {}): Promise<Watch> =>
    new Watch(await meshes.createMesh(TAG, options));

  const bytesFrom = async (stranger: Libp2p, watched: Watch, protocol: string): Promise<number> => {
    const stream = await stranger.dialProtocol(multiaddr(watched.mesh.addresses()[0]), protocol);
    let heard = 0;
    let closed = stream.status !== "open";
    stream.addEventListener("message", (event) => {
      heard += event.data.byteLength;
    });
    stream.addEventListener("close", () => {
      closed = true;
    });
    await meshes.until(() => closed, `${protocol} reset`);
    return heard;
  };

  test.each([
    "/ipfs/id/1.0.0",
    "/libp2p/circuit/relay/0.2.0/hop",
    "/libp2p/circuit/relay/0.2.0/stop",
    "/meshsub/1.1.0",
    "/webrtc-signaling/0.0.1",
  ])("says nothing on %s", async (protocol) => {
    const alice = await watch();
    const stranger = await meshes.connectStranger(alice.mesh);
    expect(await bytesFrom(stranger, alice, protocol).catch(() => 0)).toBe(0);
    expect(alice.events).toEqual([]);
  });

  test("tells a member nothing of the machine when it introduces itself", async () => {
    const alice = await watch();
    const stranger = await meshes.connectStranger(alice.mesh);
    alice.mesh.setMembers([stranger.peerId.toString() as typeof alice.mesh.self]);
    const stream = await stranger.dialProtocol(multiaddr(alice.mesh.addresses()[0]), "/ipfs/id/1.0.0");
    let text = "";
    stream.addEventListener("message", (event) => {
      text += Buffer.from(event.data.subarray()).toString("latin1");
    });
    await meshes.until(() => stream.readableEnded, "the introduction");
    expect(text).toContain("vigil");
    for (const trace of ["node/", "js-libp2p", process.version, process.platform]) expect(text).not.toContain(trace);
  });

  test("lets go of one who opens no link", async () => {
    const alice = await watch({ clock: hurriedClock(10) });
    const stranger = await meshes.connectStranger(alice.mesh);
    await meshes.until(() => stranger.getConnections().length === 0, "the connection closed");
    expect(alice.events).toEqual([]);
  });

  test("closes the link of one who falls silent, and keeps those of peers who only have nothing to say", async () => {
    const clock = hurriedClock(5);
    const alice = await watch({ clock });
    const bob = await watch({ clock });
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    await meshes.until(() => bob.linksWith(alice.mesh.self).length > 0, "the link");
    const raw = await meshes.connectRaw(alice.mesh);
    await meshes.until(() => raw.isClosed && alice.all("link-closed").length > 0, "the silent link closed");
    expect(alice.openLinksWith(raw.peer)).toEqual([]);
    expect(alice.openLinksWith(bob.mesh.self).length).toBe(1);
    expect(bob.openLinksWith(alice.mesh.self).length).toBe(1);
  });

  test("refuses a fifth link from one peer and keeps the four", async () => {
    const alice = await watch();
    const stranger = await meshes.connectStranger(alice.mesh);
    const four = [];
    for (let count = 0; count < 4; count++) four.push(await meshes.openRaw(stranger, alice.mesh));
    const fifth = await meshes.openRaw(stranger, alice.mesh).catch(() => null);
    await meshes.until(() => fifth === null || fifth.isClosed, "the fifth closed");
    expect(alice.all("link-opened").length).toBe(4);
    expect(four.map((link) => link.isClosed)).toEqual([false, false, false, false]);
  });

  test("has room for sixteen strangers of one address, and for a member besides", { timeout: 30_000 }, async () => {
    const alice = await watch();
    const bob = await watch();
    alice.mesh.setMembers([bob.mesh.self]);
    for (let count = 0; count < 16; count++) await meshes.connectRaw(alice.mesh);
    await expect(meshes.connectRaw(alice.mesh)).rejects.toThrow();
    bob.mesh.dial(alice.mesh.self, alice.mesh.addresses());
    await meshes.until(() => alice.linksWith(bob.mesh.self).length > 0, "the member's link");
    expect(alice.all("link-opened").length).toBe(17);
  });

  test("is not disturbed by garbage and silence on its ports", async () => {
    const alice = await watch();
    const bob = await watch();
    const port = portOf(alice.mesh.addresses()[0]);
    const sockets = Array.from({ length: 12 }, (_, index) => {
      const socket = connectTcp(port, "127.0.0.1");
      socket.on("error", () => undefined);
      if (index % 2 === 0) socket.write(new Uint8Array(100_000).fill(index));
      return socket;
    });
    meshes.onEnd(() => {
      for (const socket of sockets) socket.destroy();
    });
    bob.mesh.dial(alice.mesh.self, alice.mesh.addresses());
    await meshes.until(() => alice.linksWith(bob.mesh.self).length > 0, "the link");
    expect(alice.all("link-opened").length).toBe(1);
  });
});
