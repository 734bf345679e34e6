import { expect, test } from "vitest";
import { type LinkId, MAX_MESSAGE_BYTES, MAX_QUEUED_BYTES } from "../../core/ports/mesh.ts";
import { type MeshScene, message } from "./mesh-scene.ts";

/** Peers that break the framing, do not read or do not answer. */
export function rawPeersConform(scene: MeshScene): void {
  test("closes, too, when the peer never answers the goodbye", async () => {
    const raw = await scene.harness.connectRaw(scene.alice.mesh);
    await scene.harness.until(() => scene.alice.linksWith(raw.peer).length > 0, "the raw link");
    for (const { link } of scene.alice.linksWith(raw.peer)) scene.alice.mesh.close(link);
    await scene.harness.until(() => scene.alice.openLinksWith(raw.peer).length === 0, "the link closed");
    expect(scene.alice.all("link-closed").length).toBe(1);
  });

  test("closes only the link on which the length prefix is garbage", async () => {
    const good = await scene.connect(scene.bob, scene.alice);
    const raw = await scene.harness.connectRaw(scene.alice.mesh);
    await scene.harness.until(() => scene.alice.linksWith(raw.peer).length > 0, "the raw link");
    raw.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3));
    await scene.harness.until(
      () => raw.isClosed && scene.alice.openLinksWith(raw.peer).length === 0,
      "the raw link closed",
    );
    scene.bob.mesh.send(good.near, message(1, 100));
    await scene.harness.until(() => scene.alice.messagesOn(good.far).length > 0, "the message");
    expect(scene.alice.all("message").length).toBe(1);
  });

  test("closes at a prefix one above the limit and not at the limit itself", async () => {
    const raw = await scene.harness.connectRaw(scene.alice.mesh);
    raw.write(prefix(MAX_MESSAGE_BYTES));
    raw.write(new Uint8Array(MAX_MESSAGE_BYTES).fill(9));
    await scene.harness.until(() => scene.alice.all("message").length === 1, "the largest message");
    raw.write(prefix(MAX_MESSAGE_BYTES + 1));
    await scene.harness.until(
      () => raw.isClosed && scene.alice.openLinksWith(raw.peer).length === 0,
      "the link closed",
    );
    expect(scene.alice.all("message").length).toBe(1);
  });

  test("puts together what comes in single bytes", async () => {
    const raw = await scene.harness.connectRaw(scene.alice.mesh);
    const framed = Uint8Array.of(...prefix(3), 7, 8, 9, ...prefix(0), ...prefix(1), 5);
    for (const byte of framed) raw.write(Uint8Array.of(byte));
    await scene.harness.until(() => scene.alice.all("message").length === 2, "both messages");
    expect(scene.alice.all("message").map(({ bytes }) => [...bytes])).toEqual([[7, 8, 9], [5]]);
  });

  test("closes a link whose peer does not read, and no other", async () => {
    const good = await scene.connect(scene.alice, scene.bob);
    const raw = await scene.harness.connectRaw(scene.alice.mesh);
    await scene.harness.until(() => scene.alice.linksWith(raw.peer).length > 0, "the raw link");
    raw.stopReading();
    const slow = scene.alice.linksWith(raw.peer)[0]?.link ?? ("" as LinkId);
    // More than may be queued here and in every buffer on the way.
    const enough = (MAX_QUEUED_BYTES / MAX_MESSAGE_BYTES) * 16;
    for (let sent = 0; sent < enough && !scene.alice.hasClosed(slow); sent++) {
      scene.alice.mesh.send(slow, new Uint8Array(MAX_MESSAGE_BYTES));
    }
    await scene.harness.until(() => scene.alice.hasClosed(slow), "the slow link closed");
    scene.alice.mesh.send(good.near, message(1, 100));
    await scene.harness.until(() => scene.bob.messagesOn(good.far).length > 0, "the message");
    expect(scene.alice.hasClosed(good.near)).toBe(false);
  });
}

function prefix(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}
