import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Address,
  type LinkId,
  MAX_MESSAGE_BYTES,
  MAX_QUEUED_BYTES,
  type Mesh,
  type PeerId,
} from "../../core/ports/mesh.ts";
import { Watch } from "./mesh-watch.ts";

/** A peer that speaks the link protocol's transport and writes what bytes it likes. */
export interface RawLink {
  readonly peer: PeerId;
  readonly isClosed: boolean;
  write(bytes: Uint8Array): void;
  stopReading(): void;
}

/** What an implementation brings to be tried. */
export interface MeshHarness {
  createMesh(rendezvousTag: string): Promise<Mesh>;
  /** Waits, in the implementation's own time, and fails the test when the condition never holds. */
  until(condition: () => boolean, what: string): Promise<void>;
  /** An address of this peer that takes a connection and never answers. */
  silentAddress(peer: PeerId): Promise<Address>;
  /** An address of this peer where nobody listens. */
  deadAddress(peer: PeerId): Promise<Address>;
  connectRaw(mesh: Mesh): Promise<RawLink>;
  stop(): Promise<void>;
}

const TAG = "conformance-suite-tag";

/** The behaviour that `core/ports/mesh.ts` promises, tried on one implementation. */
export function meshConformance(name: string, createHarness: () => Promise<MeshHarness>): void {
  describe(`a mesh ${name}`, () => {
    let harness: MeshHarness;
    let alice: Watch;
    let bob: Watch;

    const watch = async (tag = TAG): Promise<Watch> => new Watch(await harness.createMesh(tag));

    const connect = async (from: Watch, to: Watch): Promise<{ near: LinkId; far: LinkId }> => {
      const known = from.linksWith(to.mesh.self).length;
      const knownFar = to.linksWith(from.mesh.self).length;
      from.mesh.dial(to.mesh.self, to.mesh.addresses());
      await harness.until(
        () => from.linksWith(to.mesh.self).length > known && to.linksWith(from.mesh.self).length > knownFar,
        "a link on both sides",
      );
      const near = from.linksWith(to.mesh.self).at(-1)?.link;
      const far = to.linksWith(from.mesh.self).at(-1)?.link;
      if (near === undefined || far === undefined) throw new Error("no link");
      return { near, far };
    };

    beforeEach(async () => {
      harness = await createHarness();
      alice = await watch();
      bob = await watch();
    });

    afterEach(() => harness.stop());

    test("names itself and where it can be reached", () => {
      expect(alice.mesh.self).not.toBe(bob.mesh.self);
      expect(alice.mesh.addresses().length).toBeGreaterThan(0);
      expect(alice.mesh.addresses().length).toBeLessThanOrEqual(8);
      for (const address of alice.mesh.addresses()) expect(address.endsWith(`/p2p/${alice.mesh.self}`)).toBe(true);
    });

    test("opens a link that both sides see, each from its side", async () => {
      await connect(alice, bob);
      expect(alice.linksWith(bob.mesh.self)[0]).toMatchObject({ direction: "outbound", path: "direct" });
      expect(bob.linksWith(alice.mesh.self)[0]).toMatchObject({ direction: "inbound", path: "direct" });
      expect(alice.all("dial-failed")).toEqual([]);
    });

    test("carries messages both ways, whole and in order", async () => {
      const { near, far } = await connect(alice, bob);
      for (let index = 0; index < 200; index++) {
        alice.mesh.send(near, message(index, 1 + index * 7));
        bob.mesh.send(far, message(index, 1 + index * 3));
      }
      await harness.until(
        () => bob.messagesOn(far).length >= 200 && alice.messagesOn(near).length >= 200,
        "all messages",
      );
      expect(bob.messagesOn(far).map(digest)).toEqual(
        Array.from({ length: 200 }, (_, index) => digest(message(index, 1 + index * 7))),
      );
      expect(alice.messagesOn(near).map(digest)).toEqual(
        Array.from({ length: 200 }, (_, index) => digest(message(index, 1 + index * 3))),
      );
    });

    test("carries the largest message and refuses larger and empty ones", async () => {
      const { near, far } = await connect(alice, bob);
      expect(() => alice.mesh.send(near, new Uint8Array(MAX_MESSAGE_BYTES + 1))).toThrow();
      expect(() => alice.mesh.send(near, new Uint8Array(0))).toThrow();
      alice.mesh.send(near, message(7, MAX_MESSAGE_BYTES));
      await harness.until(() => bob.messagesOn(far).length > 0, "the message");
      expect(bob.messagesOn(far).map(digest)).toEqual([digest(message(7, MAX_MESSAGE_BYTES))]);
    });

    test("keeps what it sends apart from what the caller does with the bytes afterwards", async () => {
      const { near, far } = await connect(alice, bob);
      const bytes = message(1, 1000);
      alice.mesh.send(near, bytes);
      bytes.fill(0);
      await harness.until(() => bob.messagesOn(far).length > 0, "the message");
      expect(bob.messagesOn(far)).toEqual([message(1, 1000)]);
    });

    test("never tells anything inside a call", async () => {
      const { near } = await connect(alice, bob);
      const before = alice.events.length;
      alice.mesh.close(near);
      alice.mesh.dial(alice.mesh.self, []);
      expect(alice.events.length).toBe(before);
      await harness.until(() => alice.hasClosed(near), "the closed link");
    });

    test("closes after what is queued has arrived, and tells both sides once", async () => {
      const { near, far } = await connect(alice, bob);
      for (let index = 0; index < 10; index++) alice.mesh.send(near, message(index, 60_000));
      alice.mesh.close(near);
      alice.mesh.send(near, message(99, 10));
      await harness.until(() => alice.hasClosed(near) && bob.hasClosed(far), "both ends closed");
      expect(bob.messagesOn(far).map(digest)).toEqual(
        Array.from({ length: 10 }, (_, index) => digest(message(index, 60_000))),
      );
      expect(bob.events.findLastIndex((event) => event.type === "message")).toBeLessThan(
        bob.events.findIndex((event) => event.type === "link-closed"),
      );
      expect(alice.all("link-closed").length).toBe(1);
      expect(bob.all("link-closed").length).toBe(1);
    });

    test("closes, too, when the peer never answers the goodbye", async () => {
      const raw = await harness.connectRaw(alice.mesh);
      await harness.until(() => alice.linksWith(raw.peer).length > 0, "the raw link");
      for (const { link } of alice.linksWith(raw.peer)) alice.mesh.close(link);
      await harness.until(() => alice.openLinksWith(raw.peer).length === 0, "the link closed");
      expect(alice.all("link-closed").length).toBe(1);
    });

    test("hands over nothing on a link that its own side has closed", async () => {
      const { near, far } = await connect(alice, bob);
      bob.mesh.send(far, message(1, 1000));
      alice.mesh.close(near);
      await harness.until(() => alice.hasClosed(near), "the closed link");
      expect(alice.messagesOn(near)).toEqual([]);
    });

    test("swallows what is sent on a link that was closed or never was", async () => {
      const { near } = await connect(alice, bob);
      alice.mesh.close(near);
      await harness.until(() => alice.hasClosed(near), "the closed link");
      alice.mesh.send(near, message(1, 10));
      alice.mesh.close(near);
      alice.mesh.send("no such link" as LinkId, message(1, 10));
      alice.mesh.close("no such link" as LinkId);
      expect(alice.all("link-closed").length).toBe(1);
    });

    test("says once that a peer cannot be reached", async () => {
      const carol = await watch();
      const dead = await harness.deadAddress(carol.mesh.self);
      alice.mesh.dial(carol.mesh.self, [dead, dead, await harness.deadAddress(carol.mesh.self)]);
      await harness.until(() => alice.all("dial-failed").length > 0, "the failed dial");
      await connect(alice, carol);
      expect(alice.all("dial-failed")).toEqual([{ type: "dial-failed", peer: carol.mesh.self }]);
    });

    test("fails a dial without addresses, to itself, or with addresses of others and nonsense", async () => {
      alice.mesh.dial(bob.mesh.self, []);
      alice.mesh.dial(bob.mesh.self, [...alice.mesh.addresses(), "nonsense", "x".repeat(100_000), "/ip4/1.2.3.4"]);
      alice.mesh.dial(alice.mesh.self, alice.mesh.addresses());
      await harness.until(() => alice.all("dial-failed").length >= 3, "the failed dials");
      await connect(alice, bob);
      expect(alice.all("dial-failed").length).toBe(3);
      expect(alice.all("link-opened").length).toBe(1);
    });

    test("is not delayed by an address that takes connections and says nothing", async () => {
      const silent = await harness.silentAddress(bob.mesh.self);
      alice.mesh.dial(bob.mesh.self, [silent]);
      alice.mesh.dial(bob.mesh.self, [silent, await harness.deadAddress(bob.mesh.self), ...bob.mesh.addresses()]);
      await harness.until(() => alice.linksWith(bob.mesh.self).length > 0, "the link");
      expect(alice.all("dial-failed")).toEqual([]);
    });

    test("gives up a dial that nobody answers", { timeout: 30_000 }, async () => {
      alice.mesh.dial(bob.mesh.self, [await harness.silentAddress(bob.mesh.self)]);
      await harness.until(() => alice.all("dial-failed").length > 0, "the failed dial");
      expect(alice.all("link-opened")).toEqual([]);
    });

    test("opens a second link to the same peer, which lives and dies on its own", async () => {
      const first = await connect(alice, bob);
      const second = await connect(alice, bob);
      expect(second.near).not.toBe(first.near);
      alice.mesh.close(first.near);
      await harness.until(() => alice.hasClosed(first.near) && bob.hasClosed(first.far), "the first closed");
      alice.mesh.send(second.near, message(5, 500));
      await harness.until(() => bob.messagesOn(second.far).length > 0, "the message");
      expect(bob.messagesOn(second.far)).toEqual([message(5, 500)]);
    });

    test("gives both their links when two dial each other at once", async () => {
      alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
      bob.mesh.dial(alice.mesh.self, alice.mesh.addresses());
      await harness.until(
        () => alice.openLinksWith(bob.mesh.self).length === 2 && bob.openLinksWith(alice.mesh.self).length === 2,
        "two links on each side",
      );
      for (const { link } of alice.openLinksWith(bob.mesh.self)) alice.mesh.send(link, message(3, 30));
      await harness.until(() => bob.all("message").length === 2, "a message on each");
      const links = bob.openLinksWith(alice.mesh.self);
      expect(links.map(({ link }) => bob.messagesOn(link))).toEqual([[message(3, 30)], [message(3, 30)]]);
    });

    test("closes only the link on which the length prefix is garbage", async () => {
      const good = await connect(bob, alice);
      const raw = await harness.connectRaw(alice.mesh);
      await harness.until(() => alice.linksWith(raw.peer).length > 0, "the raw link");
      raw.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3));
      await harness.until(() => raw.isClosed && alice.openLinksWith(raw.peer).length === 0, "the raw link closed");
      bob.mesh.send(good.near, message(1, 100));
      await harness.until(() => alice.messagesOn(good.far).length > 0, "the message");
      expect(alice.all("message").length).toBe(1);
    });

    test("closes at a prefix one above the limit and not at the limit itself", async () => {
      const raw = await harness.connectRaw(alice.mesh);
      raw.write(prefix(MAX_MESSAGE_BYTES));
      raw.write(new Uint8Array(MAX_MESSAGE_BYTES).fill(9));
      await harness.until(() => alice.all("message").length === 1, "the largest message");
      raw.write(prefix(MAX_MESSAGE_BYTES + 1));
      await harness.until(() => raw.isClosed && alice.openLinksWith(raw.peer).length === 0, "the link closed");
      expect(alice.all("message").length).toBe(1);
    });

    test("puts together what comes in single bytes", async () => {
      const raw = await harness.connectRaw(alice.mesh);
      const framed = Uint8Array.of(...prefix(3), 7, 8, 9, ...prefix(0), ...prefix(1), 5);
      for (const byte of framed) raw.write(Uint8Array.of(byte));
      await harness.until(() => alice.all("message").length === 2, "both messages");
      expect(alice.all("message").map(({ bytes }) => [...bytes])).toEqual([[7, 8, 9], [5]]);
    });

    test("closes a link whose peer does not read, and no other", async () => {
      const good = await connect(alice, bob);
      const raw = await harness.connectRaw(alice.mesh);
      await harness.until(() => alice.linksWith(raw.peer).length > 0, "the raw link");
      raw.stopReading();
      const slow = alice.linksWith(raw.peer)[0]?.link ?? ("" as LinkId);
      // More than may be queued here and in every buffer on the way.
      const enough = (MAX_QUEUED_BYTES / MAX_MESSAGE_BYTES) * 16;
      for (let sent = 0; sent < enough && !alice.hasClosed(slow); sent++) {
        alice.mesh.send(slow, new Uint8Array(MAX_MESSAGE_BYTES));
      }
      await harness.until(() => alice.hasClosed(slow), "the slow link closed");
      alice.mesh.send(good.near, message(1, 100));
      await harness.until(() => bob.messagesOn(good.far).length > 0, "the message");
      expect(alice.hasClosed(good.near)).toBe(false);
    });

    test("gossips among members, and strangers hear nothing", async () => {
      const carol = await watch();
      const { near, far } = await connect(alice, carol);
      await connect(alice, bob);
      alice.mesh.setMembers([bob.mesh.self]);
      bob.mesh.setMembers([alice.mesh.self]);
      carol.mesh.setMembers([alice.mesh.self, bob.mesh.self]);
      await gossipUntilHeard(harness, alice, bob, 1);
      alice.mesh.send(near, message(1, 10));
      await harness.until(() => carol.messagesOn(far).length > 0, "the message");
      expect(carol.all("gossip")).toEqual([]);
      expect(bob.all("gossip")[0]).toMatchObject({ peer: alice.mesh.self, bytes: Uint8Array.of(1) });
    });

    test("takes no gossip from a stranger, and none any more from one who was removed", async () => {
      await connect(alice, bob);
      const { near, far } = await connect(bob, alice);
      alice.mesh.setMembers([bob.mesh.self]);
      bob.mesh.setMembers([alice.mesh.self]);
      await gossipUntilHeard(harness, bob, alice, 1);
      alice.mesh.setMembers([]);
      const heard = alice.all("gossip").length;
      bob.mesh.publish(Uint8Array.of(2));
      bob.mesh.send(near, message(1, 10));
      await harness.until(() => alice.messagesOn(far).length > 0, "the message");
      expect(alice.all("gossip").length).toBe(heard);
    });

    test("passes gossip on between members that have no link", async () => {
      const carol = await watch();
      await connect(alice, bob);
      await connect(bob, carol);
      const everybody = [alice, bob, carol].map((member) => member.mesh.self);
      for (const member of [alice, bob, carol]) member.mesh.setMembers(everybody);
      await gossipUntilHeard(harness, alice, carol, 4);
      expect(carol.all("gossip")[0]?.peer).toBe(alice.mesh.self);
    });

    test("refuses gossip that is too large", () => {
      expect(() => alice.mesh.publish(new Uint8Array(64 * 1024 + 1))).toThrow();
    });

    test("closes everything when it stops, tells it, and then falls silent", async () => {
      const { near, far } = await connect(alice, bob);
      const stopped = alice.mesh.stop();
      await harness.until(() => bob.hasClosed(far), "the far end closed");
      await stopped;
      expect(alice.hasClosed(near)).toBe(true);
      const told = alice.events.length;
      await alice.mesh.stop();
      alice.mesh.dial(bob.mesh.self, bob.mesh.addresses());
      alice.mesh.send(near, message(1, 10));
      alice.mesh.publish(message(1, 10));
      bob.mesh.dial(alice.mesh.self, alice.mesh.addresses());
      await harness.until(() => bob.all("dial-failed").length > 0, "the failed dial");
      expect(alice.events.length).toBe(told);
    });

    test("forgets a listener that has unsubscribed", async () => {
      const heard: string[] = [];
      const unsubscribe = alice.mesh.subscribe((event) => heard.push(event.type));
      unsubscribe();
      await connect(alice, bob);
      expect(heard).toEqual([]);
    });
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

function message(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (seed * 31 + index * 7) & 255;
  return bytes;
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function prefix(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}
