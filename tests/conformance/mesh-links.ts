import { expect, test } from "vitest";
import { type LinkId, MAX_MESSAGE_BYTES } from "../../core/ports/mesh.ts";
import { type MeshScene, digest, message } from "./mesh-scene.ts";

/** What a link carries, and how it ends. */
export function linksConform(scene: MeshScene): void {
  test("opens a link that both sides see, each from its side", async () => {
    await scene.connect(scene.alice, scene.bob);
    expect(scene.alice.linksWith(scene.bob.mesh.self)[0]).toMatchObject({ direction: "outbound", path: "direct" });
    expect(scene.bob.linksWith(scene.alice.mesh.self)[0]).toMatchObject({ direction: "inbound", path: "direct" });
    expect(scene.alice.all("dial-failed")).toEqual([]);
  });

  test("carries messages both ways, whole and in order", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    for (let index = 0; index < 200; index++) {
      scene.alice.mesh.send(near, message(index, 1 + index * 7));
      scene.bob.mesh.send(far, message(index, 1 + index * 3));
    }
    await scene.harness.until(
      () => scene.bob.messagesOn(far).length >= 200 && scene.alice.messagesOn(near).length >= 200,
      "all messages",
    );
    expect(scene.bob.messagesOn(far).map(digest)).toEqual(
      Array.from({ length: 200 }, (_, index) => digest(message(index, 1 + index * 7))),
    );
    expect(scene.alice.messagesOn(near).map(digest)).toEqual(
      Array.from({ length: 200 }, (_, index) => digest(message(index, 1 + index * 3))),
    );
  });

  test("carries messages that are given together whole and in order, the small and the large", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    const together = [10, 40, MAX_MESSAGE_BYTES, 1_090, 7, 2_000, 1].map((length, index) => message(index, length));
    scene.alice.mesh.send(near, ...together);
    expect(() => scene.alice.mesh.send(near, message(1, 5), new Uint8Array(0))).toThrow();
    await scene.harness.until(() => scene.bob.messagesOn(far).length >= together.length, "all messages");
    expect(scene.bob.messagesOn(far).map(digest)).toEqual(together.map(digest));
  });

  test("carries the largest message and refuses larger and empty ones", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    expect(() => scene.alice.mesh.send(near, new Uint8Array(MAX_MESSAGE_BYTES + 1))).toThrow();
    expect(() => scene.alice.mesh.send(near, new Uint8Array(0))).toThrow();
    scene.alice.mesh.send(near, message(7, MAX_MESSAGE_BYTES));
    await scene.harness.until(() => scene.bob.messagesOn(far).length > 0, "the message");
    expect(scene.bob.messagesOn(far).map(digest)).toEqual([digest(message(7, MAX_MESSAGE_BYTES))]);
  });

  test("keeps what it sends apart from what the caller does with the bytes afterwards", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    const bytes = message(1, 1000);
    scene.alice.mesh.send(near, bytes);
    bytes.fill(0);
    await scene.harness.until(() => scene.bob.messagesOn(far).length > 0, "the message");
    expect(scene.bob.messagesOn(far)).toEqual([message(1, 1000)]);
  });

  test("never tells anything inside a call", async () => {
    const { near } = await scene.connect(scene.alice, scene.bob);
    const before = scene.alice.events.length;
    scene.alice.mesh.close(near);
    scene.alice.mesh.dial(scene.alice.mesh.self, []);
    expect(scene.alice.events.length).toBe(before);
    await scene.harness.until(() => scene.alice.hasClosed(near), "the closed link");
  });

  test("closes after what is queued has arrived, and tells both sides once", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    for (let index = 0; index < 10; index++) scene.alice.mesh.send(near, message(index, 60_000));
    scene.alice.mesh.close(near);
    scene.alice.mesh.send(near, message(99, 10));
    await scene.harness.until(() => scene.alice.hasClosed(near) && scene.bob.hasClosed(far), "both ends closed");
    expect(scene.bob.messagesOn(far).map(digest)).toEqual(
      Array.from({ length: 10 }, (_, index) => digest(message(index, 60_000))),
    );
    expect(scene.bob.events.findLastIndex((event) => event.type === "message")).toBeLessThan(
      scene.bob.events.findIndex((event) => event.type === "link-closed"),
    );
    expect(scene.alice.all("link-closed").length).toBe(1);
    expect(scene.bob.all("link-closed").length).toBe(1);
  });

  test("hands over nothing on a link that its own side has closed", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    scene.bob.mesh.send(far, message(1, 1000));
    scene.alice.mesh.close(near);
    await scene.harness.until(() => scene.alice.hasClosed(near), "the closed link");
    expect(scene.alice.messagesOn(near)).toEqual([]);
  });

  test("swallows what is sent on a link that was closed or never was", async () => {
    const { near } = await scene.connect(scene.alice, scene.bob);
    scene.alice.mesh.close(near);
    await scene.harness.until(() => scene.alice.hasClosed(near), "the closed link");
    scene.alice.mesh.send(near, message(1, 10));
    scene.alice.mesh.close(near);
    scene.alice.mesh.send("no such link" as LinkId, message(1, 10));
    scene.alice.mesh.close("no such link" as LinkId);
    expect(scene.alice.all("link-closed").length).toBe(1);
  });

  test("closes everything when it stops, tells it, and then falls silent", async () => {
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    const stopped = scene.alice.mesh.stop();
    await scene.harness.until(() => scene.bob.hasClosed(far), "the far end closed");
    await stopped;
    expect(scene.alice.hasClosed(near)).toBe(true);
    const told = scene.alice.events.length;
    await scene.alice.mesh.stop();
    scene.alice.mesh.dial(scene.bob.mesh.self, scene.bob.mesh.addresses());
    scene.alice.mesh.send(near, message(1, 10));
    scene.alice.mesh.publish(message(1, 10));
    scene.bob.mesh.dial(scene.alice.mesh.self, scene.alice.mesh.addresses());
    await scene.harness.until(() => scene.bob.all("dial-failed").length > 0, "the failed dial");
    expect(scene.alice.events.length).toBe(told);
  });

  test("forgets a listener that has unsubscribed", async () => {
    const heard: string[] = [];
    const unsubscribe = scene.alice.mesh.subscribe((event) => heard.push(event.type));
    unsubscribe();
    await scene.connect(scene.alice, scene.bob);
    expect(heard).toEqual([]);
  });
}
