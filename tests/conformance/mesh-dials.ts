import { expect, test } from "vitest";
import { type MeshScene, message } from "./mesh-scene.ts";

/** Finding the way to a peer: every dial ends in one link or one failure. */
export function dialsConform(scene: MeshScene): void {
  test("names itself and where it can be reached", () => {
    expect(scene.alice.mesh.self).not.toBe(scene.bob.mesh.self);
    expect(scene.alice.mesh.addresses().length).toBeGreaterThan(0);
    expect(scene.alice.mesh.addresses().length).toBeLessThanOrEqual(8);
    for (const address of scene.alice.mesh.addresses())
      expect(address.endsWith(`/p2p/${scene.alice.mesh.self}`)).toBe(true);
  });

  test("says once that a peer cannot be reached", async () => {
    const carol = await scene.watch();
    const dead = await scene.harness.deadAddress(carol.mesh.self);
    scene.alice.mesh.dial(carol.mesh.self, [dead, dead, await scene.harness.deadAddress(carol.mesh.self)]);
    await scene.harness.until(() => scene.alice.all("dial-failed").length > 0, "the failed dial");
    await scene.connect(scene.alice, carol);
    expect(scene.alice.all("dial-failed")).toEqual([{ type: "dial-failed", peer: carol.mesh.self }]);
  });

  test("fails a dial without addresses, to itself, or with addresses of others and nonsense", async () => {
    scene.alice.mesh.dial(scene.bob.mesh.self, []);
    scene.alice.mesh.dial(scene.bob.mesh.self, [
      ...scene.alice.mesh.addresses(),
      "nonsense",
      "x".repeat(100_000),
      "/ip4/1.2.3.4",
    ]);
    scene.alice.mesh.dial(scene.alice.mesh.self, scene.alice.mesh.addresses());
    await scene.harness.until(() => scene.alice.all("dial-failed").length >= 3, "the failed dials");
    await scene.connect(scene.alice, scene.bob);
    expect(scene.alice.all("dial-failed").length).toBe(3);
    expect(scene.alice.all("link-opened").length).toBe(1);
  });

  test("is not delayed by an address that takes connections and says nothing", async () => {
    const silent = await scene.harness.silentAddress(scene.bob.mesh.self);
    scene.alice.mesh.dial(scene.bob.mesh.self, [silent]);
    scene.alice.mesh.dial(scene.bob.mesh.self, [
      silent,
      await scene.harness.deadAddress(scene.bob.mesh.self),
      ...scene.bob.mesh.addresses(),
    ]);
    await scene.harness.until(() => scene.alice.linksWith(scene.bob.mesh.self).length > 0, "the link");
    expect(scene.alice.all("dial-failed")).toEqual([]);
  });

  test("gives up a dial that nobody answers", { timeout: 30_000 }, async () => {
    scene.alice.mesh.dial(scene.bob.mesh.self, [await scene.harness.silentAddress(scene.bob.mesh.self)]);
    await scene.harness.until(() => scene.alice.all("dial-failed").length > 0, "the failed dial");
    expect(scene.alice.all("link-opened")).toEqual([]);
  });

  test("opens a second link to the same peer, which lives and dies on its own", async () => {
    const first = await scene.connect(scene.alice, scene.bob);
    const second = await scene.connect(scene.alice, scene.bob);
    expect(second.near).not.toBe(first.near);
    scene.alice.mesh.close(first.near);
    await scene.harness.until(
      () => scene.alice.hasClosed(first.near) && scene.bob.hasClosed(first.far),
      "the first closed",
    );
    scene.alice.mesh.send(second.near, message(5, 500));
    await scene.harness.until(() => scene.bob.messagesOn(second.far).length > 0, "the message");
    expect(scene.bob.messagesOn(second.far)).toEqual([message(5, 500)]);
  });

  test("gives both their links when two dial each other at once", async () => {
    scene.alice.mesh.dial(scene.bob.mesh.self, scene.bob.mesh.addresses());
    scene.bob.mesh.dial(scene.alice.mesh.self, scene.alice.mesh.addresses());
    await scene.harness.until(
      () =>
        scene.alice.openLinksWith(scene.bob.mesh.self).length === 2 &&
        scene.bob.openLinksWith(scene.alice.mesh.self).length === 2,
      "two links on each side",
    );
    for (const { link } of scene.alice.openLinksWith(scene.bob.mesh.self)) scene.alice.mesh.send(link, message(3, 30));
    await scene.harness.until(() => scene.bob.all("message").length === 2, "a message on each");
    const links = scene.bob.openLinksWith(scene.alice.mesh.self);
    expect(links.map(({ link }) => scene.bob.messagesOn(link))).toEqual([[message(3, 30)], [message(3, 30)]]);
  });
}
