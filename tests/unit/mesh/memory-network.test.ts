import { peerIdFromString } from "@libp2p/peer-id";
import { beforeEach, describe, expect, test } from "vitest";
import { type MemoryNetwork, createMemoryNetwork } from "../../../core/mesh/memory/network.ts";
import { peerIdOf } from "../../../core/mesh/memory/peer-id.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import type { LinkId, MeshOptions } from "../../../core/ports/mesh.ts";
import { Watch } from "../../conformance/mesh-watch.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const DETECTION_MS = 6_000;

describe("a network in memory", () => {
  let clock: VirtualClock;
  let network: MemoryNetwork;
  let alice: Watch;
  let bob: Watch;

  const watch = (options: Partial<MeshOptions> = {}): Watch => new Watch(network.createMesh(options));

  const connect = (from: Watch, to: Watch): { near: LinkId; far: LinkId } => {
    from.mesh.dial(to.mesh.self, to.mesh.addresses());
    clock.advance(5_000);
    const near = from.linksWith(to.mesh.self).at(-1)?.link;
    const far = to.linksWith(from.mesh.self).at(-1)?.link;
    if (near === undefined || far === undefined) throw new Error("no link");
    return { near, far };
  };

  beforeEach(() => {
    clock = new VirtualClock();
    network = createMemoryNetwork({ clock, random: seededRandom(7), detectionMs: DETECTION_MS });
    alice = watch();
    bob = watch();
  });

  test("delays each message by what the way between two meshes takes", () => {
    const { near } = connect(alice, bob);
    network.setWay(alice.mesh, bob.mesh, { delayMs: 500 });
    alice.mesh.send(near, Uint8Array.of(1));
    clock.advance(499);
    expect(bob.all("message")).toEqual([]);
    clock.advance(1);
    expect(bob.all("message").length).toBe(1);
  });

  test("keeps the order of one link and not that of two, when delays differ", () => {
    const carol = watch();
    const fromAlice = connect(alice, carol);
    const fromBob = connect(bob, carol);
    network.setAllWays({ delayMs: 10, jitterMs: 400 });
    for (let index = 0; index < 30; index++) {
      alice.mesh.send(fromAlice.near, Uint8Array.of(index));
      bob.mesh.send(fromBob.near, Uint8Array.of(index));
      clock.advance(10);
    }
    clock.advance(1_000);
    const inOrder = Array.from({ length: 30 }, (_, index) => index);
    expect(carol.messagesOn(fromAlice.far).map(([byte]) => byte)).toEqual(inOrder);
    expect(carol.messagesOn(fromBob.far).map(([byte]) => byte)).toEqual(inOrder);
    const sent = inOrder.flatMap((index) => [`${fromAlice.far} ${index}`, `${fromBob.far} ${index}`]);
    expect(carol.all("message").map(({ link, bytes }) => `${link} ${bytes[0]}`)).not.toEqual(sent);
  });

  test("brings lost messages later, and none is missing", () => {
    const { near, far } = connect(alice, bob);
    network.setAllWays({ delayMs: 10, loss: 0.5, retransmitMs: 1_000 });
    for (let index = 0; index < 20; index++) alice.mesh.send(near, Uint8Array.of(index));
    clock.advance(10);
    const onTime = bob.messagesOn(far).length;
    expect(onTime).toBeLessThan(20);
    clock.advance(1_000);
    expect(bob.messagesOn(far).map(([byte]) => byte)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test("gives the same run for the same seed and another for another", () => {
    const run = (seed: number): string => {
      const ownClock = new VirtualClock();
      const own = createMemoryNetwork({ clock: ownClock, random: seededRandom(seed) });
      own.setAllWays({ delayMs: 5, jitterMs: 100, loss: 0.3 });
      const told: string[] = [];
      const meshes = [own.createMesh(), own.createMesh(), own.createMesh()];
      for (const mesh of meshes) {
        mesh.subscribe((event) => {
          told.push(`${ownClock.elapsed()} ${JSON.stringify(event)}`);
          if (event.type === "link-opened") mesh.send(event.link, Uint8Array.of(1, 2, 3));
        });
      }
      for (const from of meshes) for (const to of meshes) if (from !== to) from.dial(to.self, to.addresses());
      ownClock.advance(20_000);
      return told.join("\n");
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  test("cut: both see their links closed and may dial again", () => {
    const { near, far } = connect(alice, bob);
    network.cut(alice.mesh, bob.mesh);
    clock.advance(0);
    expect([alice.hasClosed(near), bob.hasClosed(far)]).toEqual([true, true]);
    connect(alice, bob);
    expect(alice.openLinksWith(bob.mesh.self).length).toBe(1);
  });

  test("partition: nothing gets through, links close after the detection time, dials run into their limit", () => {
    const { near, far } = connect(alice, bob);
    network.partition([[alice.mesh], [bob.mesh]]);
    alice.mesh.send(near, Uint8Array.of(1));
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    clock.advance(DETECTION_MS - 1);
    expect([alice.hasClosed(near), bob.hasClosed(far), bob.all("message").length]).toEqual([false, false, 0]);
    clock.advance(1);
    expect([alice.hasClosed(near), bob.hasClosed(far)]).toEqual([true, true]);
    expect(alice.all("dial-failed")).toEqual([]);
    clock.advance(10_000);
    expect(alice.all("dial-failed").length).toBe(1);
    network.heal();
    connect(alice, bob);
  });

  test("partition healed in time: what was held arrives, and the link lives", () => {
    const { near, far } = connect(alice, bob);
    network.partition([[alice.mesh]]);
    alice.mesh.send(near, Uint8Array.of(1));
    alice.mesh.send(near, Uint8Array.of(2));
    clock.advance(DETECTION_MS - 1_000);
    network.heal();
    clock.advance(60_000);
    expect(bob.messagesOn(far).map(([byte]) => byte)).toEqual([1, 2]);
    expect([alice.hasClosed(near), bob.hasClosed(far)]).toEqual([false, false]);
  });

  test("partition while one side closes: the other learns of it after healing", () => {
    const { near, far } = connect(alice, bob);
    network.partition([[alice.mesh]]);
    alice.mesh.close(near);
    network.heal();
    clock.advance(1_000);
    expect([alice.hasClosed(near), bob.hasClosed(far)]).toEqual([true, true]);
  });

  test("partition while one side stops: the other learns of it after healing", () => {
    const { far } = connect(alice, bob);
    network.partition([[alice.mesh]]);
    void alice.mesh.stop();
    clock.advance(1_000);
    expect(bob.hasClosed(far)).toBe(false);
    network.heal();
    clock.advance(1_000);
    expect(bob.hasClosed(far)).toBe(true);
  });

  test("partition splits groups and leaves each whole", () => {
    const carol = watch();
    network.partition([[alice.mesh, bob.mesh]]);
    connect(alice, bob);
    carol.mesh.dial(alice.mesh.self, alice.mesh.addresses());
    clock.advance(10_000);
    expect(carol.all("dial-failed").length).toBe(1);
  });

  test("kill: the dead says nothing more, and peers notice after the detection time", () => {
    const { near, far } = connect(alice, bob);
    const told = bob.events.length;
    network.kill(bob.mesh);
    alice.mesh.send(near, Uint8Array.of(1));
    clock.advance(DETECTION_MS - 1);
    expect(alice.hasClosed(near)).toBe(false);
    clock.advance(1);
    expect(alice.hasClosed(near)).toBe(true);
    clock.advance(60_000);
    expect(bob.events.length).toBe(told);
    expect(bob.hasClosed(far)).toBe(false);
  });

  test("a dial to one who stopped is refused at once; to one who was killed it hangs", () => {
    void bob.mesh.stop();
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    clock.advance(100);
    expect(alice.all("dial-failed").length).toBe(1);
    const carol = watch();
    network.kill(carol.mesh);
    alice.mesh.dial(carol.mesh.self, carol.mesh.addresses());
    clock.advance(9_000);
    expect(alice.all("dial-failed").length).toBe(1);
    clock.advance(1_000);
    expect(alice.all("dial-failed").length).toBe(2);
  });

  test("refuses a fifth link from one peer", () => {
    for (let count = 0; count < 4; count++) connect(alice, bob);
    alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
    clock.advance(1_000);
    expect(bob.openLinksWith(alice.mesh.self).length).toBe(4);
    expect(alice.all("dial-failed").length).toBe(1);
  });

  test("lets those of one meeting who look for each other find each other, and nobody else", () => {
    const inMeeting = { rendezvousTag: "one-meeting", localDiscovery: true };
    const first = watch(inMeeting);
    const second = watch(inMeeting);
    const quiet = watch({ ...inMeeting, localDiscovery: false });
    const other = watch({ rendezvousTag: "another", localDiscovery: true });
    clock.advance(1_000);
    expect(first.all("peer-found")[0]).toEqual({
      type: "peer-found",
      peer: second.mesh.self,
      addresses: second.mesh.addresses(),
    });
    expect(second.all("peer-found")[0]?.peer).toBe(first.mesh.self);
    expect([quiet, other].flatMap((mesh) => mesh.all("peer-found"))).toEqual([]);
  });

  test("lets those find each other who come to announce the same, and keeps out who no longer does", () => {
    const [first, second, third] = ["yesterday", "today", "yesterday"].map((rendezvousTag) =>
      watch({ rendezvousTag, localDiscovery: true }),
    );
    first?.mesh.announceAs(["today"]);
    clock.advance(1_000);
    const foundBy = (one: typeof first) => new Set(one?.all("peer-found").map(({ peer }) => peer));
    expect(foundBy(first)).toEqual(new Set([second?.mesh.self]));
    expect(third?.all("peer-found")).toEqual([]);
    third?.mesh.announceAs(["today", "yesterday"]);
    clock.advance(1_000);
    expect(foundBy(third)).toEqual(new Set([first?.mesh.self, second?.mesh.self]));
  });

  test("marks links as relayed where the way is", () => {
    network.setWay(alice.mesh, bob.mesh, { path: "relayed" });
    connect(alice, bob);
    expect([alice.linksWith(bob.mesh.self)[0]?.path, bob.linksWith(alice.mesh.self)[0]?.path]).toEqual([
      "relayed",
      "relayed",
    ]);
  });

  test("names its meshes as libp2p would", () => {
    expect(peerIdFromString(alice.mesh.self).type).toBe("Ed25519");
    expect(peerIdFromString(peerIdOf(new Uint8Array(32))).toString()).toBe(peerIdOf(new Uint8Array(32)));
  });
});
