import { expect, test } from "vitest";
import { type MeshHarness, type MeshScene, message } from "./mesh-scene.ts";
import { Watch } from "./mesh-watch.ts";

/** Gossip among members, and among members only. */
export function gossipConforms(scene: MeshScene): void {
  test("gossips among members, and strangers hear nothing", async () => {
    const carol = await scene.watch();
    const { near, far } = await scene.connect(scene.alice, carol);
    await scene.connect(scene.alice, scene.bob);
    scene.alice.mesh.setMembers([scene.bob.mesh.self]);
    scene.bob.mesh.setMembers([scene.alice.mesh.self]);
    carol.mesh.setMembers([scene.alice.mesh.self, scene.bob.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.alice, scene.bob, 1);
    scene.alice.mesh.send(near, message(1, 10));
    await scene.harness.until(() => carol.messagesOn(far).length > 0, "the message");
    expect(carol.all("gossip")).toEqual([]);
    expect(scene.bob.all("gossip")[0]).toMatchObject({ peer: scene.alice.mesh.self, bytes: Uint8Array.of(1) });
  });

  test("gossips with a member who came under another day's tag", async () => {
    const late = new Watch(await scene.harness.createMesh("the-tag-of-another-day"));
    await scene.connect(late, scene.alice);
    scene.alice.mesh.setMembers([late.mesh.self]);
    late.mesh.setMembers([scene.alice.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.alice, late, 1);
    await gossipUntilHeard(scene.harness, late, scene.alice, 2);
  });

  test("takes no gossip from a stranger, and none any more from one who was removed", async () => {
    await scene.connect(scene.alice, scene.bob);
    const { near, far } = await scene.connect(scene.bob, scene.alice);
    scene.alice.mesh.setMembers([scene.bob.mesh.self]);
    scene.bob.mesh.setMembers([scene.alice.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.bob, scene.alice, 1);
    scene.alice.mesh.setMembers([]);
    const heard = scene.alice.all("gossip").length;
    scene.bob.mesh.publish(Uint8Array.of(2));
    scene.bob.mesh.send(near, message(1, 10));
    await scene.harness.until(() => scene.alice.messagesOn(far).length > 0, "the message");
    expect(scene.alice.all("gossip").length).toBe(heard);
  });

  test("passes gossip on between members that have no link", async () => {
    const carol = await scene.watch();
    await scene.connect(scene.alice, scene.bob);
    await scene.connect(scene.bob, carol);
    const everybody = [scene.alice, scene.bob, carol].map((member) => member.mesh.self);
    for (const member of [scene.alice, scene.bob, carol]) member.mesh.setMembers(everybody);
    await gossipUntilHeard(scene.harness, scene.alice, carol, 4);
    expect(carol.all("gossip")[0]?.peer).toBe(scene.alice.mesh.self);
  });

  test("says nothing any more to one who was removed", async () => {
    const carol = await scene.watch();
    const { near, far } = await scene.connect(scene.alice, scene.bob);
    await scene.connect(scene.alice, carol);
    scene.alice.mesh.setMembers([scene.bob.mesh.self, carol.mesh.self]);
    scene.bob.mesh.setMembers([scene.alice.mesh.self]);
    carol.mesh.setMembers([scene.alice.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.alice, scene.bob, 1);
    scene.alice.mesh.setMembers([carol.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.alice, carol, 2);
    scene.alice.mesh.send(near, message(1, 10));
    await scene.harness.until(() => scene.bob.messagesOn(far).length > 0, "the message");
    expect(scene.bob.all("gossip").filter(({ bytes }) => bytes[0] === 2)).toEqual([]);
  });

  test("takes nothing of a stranger's from a member who passes it on", async () => {
    const carol = await scene.watch();
    await scene.connect(scene.alice, scene.bob);
    await scene.connect(scene.bob, carol);
    scene.alice.mesh.setMembers([scene.bob.mesh.self]);
    scene.bob.mesh.setMembers([scene.alice.mesh.self, carol.mesh.self]);
    carol.mesh.setMembers([scene.bob.mesh.self]);
    await gossipUntilHeard(scene.harness, scene.bob, scene.alice, 1);
    await gossipUntilHeard(scene.harness, carol, scene.bob, 2);
    await gossipUntilHeard(scene.harness, scene.bob, scene.alice, 3);
    expect(new Set(scene.alice.all("gossip").map(({ peer }) => peer))).toEqual(new Set([scene.bob.mesh.self]));
  });

  test("refuses gossip that is too large", () => {
    expect(() => scene.alice.mesh.publish(new Uint8Array(64 * 1024 + 1))).toThrow();
  });
}

/** Gossip may need a while to find its ways: says the same again until it is heard. */
async function gossipUntilHeard(harness: MeshHarness, from: Watch, to: Watch, byte: number): Promise<void> {
  const heard = (): boolean => to.all("gossip").some(({ bytes }) => bytes[0] === byte);
  await harness.until(() => {
    if (!heard()) from.mesh.publish(Uint8Array.of(byte));
    return heard();
  }, "the gossip");
}
