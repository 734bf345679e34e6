import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Secret } from "../../../core/base/secret.ts";
import { ChunkSealer, transferTag, type TransferSecret } from "../../../core/files/chunks.ts";
import type { FileOrder } from "../../../core/ports/files.ts";
import { End, ID } from "../../support/files-end.ts";
import { hurriedClock, loopbackMeshes, type LoopbackMeshes } from "../../support/loopback-meshes.ts";

const ANA = "A".repeat(43) as MemberId;
const BEN = "B".repeat(43) as MemberId;

let harness: LoopbackMeshes;
let ana: End;
let ben: End;
let folders: string[];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-files-"));
  folders.push(folder);
  return folder;
}

beforeEach(async () => {
  harness = loopbackMeshes();
  folders = [];
  ana = new End(harness, await harness.createMesh("carrier-of-files"), await newFolder());
  ben = new End(harness, await harness.createMesh("carrier-of-files"), await newFolder());
  await ana.meet(ben);
});

afterEach(async () => {
  await ana.carrier.end();
  await ben.carrier.end();
  await harness.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

function secretPair(): [TransferSecret, TransferSecret] {
  const secret: TransferSecret = new Secret("transfer-secret", randomBytes(32));
  return [secret, secret.copy()];
}

/** Ben takes the file from an offset on, and Ana sends it. */
function take(offer: { name: string; size: number; hash: Uint8Array }, offset = 0): void {
  const [his, hers] = secretPair();
  ben.carrier.carry(receiveOrder(offer, his, offset));
  ana.carrier.carry({ type: "send", id: ID, from: ANA, to: BEN, peer: ben.mesh.self, secret: hers, offset });
}

function receiveOrder(
  offer: { name: string; size: number; hash: Uint8Array },
  secret: TransferSecret,
  offset = 0,
): FileOrder {
  const { name, size, hash } = offer;
  return { type: "receive", id: ID, from: ANA, peer: ana.mesh.self, secret, name, size, hash, offset };
}

/** Reads a pipe of Ana's own making: what a changed client would send. */
async function sendByHand(
  secret: TransferSecret,
  work: (write: (bytes: Uint8Array) => Promise<void>, sealer: ChunkSealer) => Promise<void>,
): Promise<void> {
  const sealer = await ChunkSealer.create(secret, { id: new Uint8Array(16).fill(9), offset: 0 });
  const pipe = await ana.mesh.pipes.open(ben.mesh.self);
  await pipe.write(transferTag(secret));
  await work((bytes) => pipe.write(bytes), sealer).catch(() => undefined);
}

describe("a file", () => {
  test.each([0, 1, 256 * 1024, 3_000_001])(
    "of %i bytes arrives whole under a safe name, and nothing else is left",
    async (size) => {
      const content = randomBytes(size);
      const offer = await ana.choose("picture.jpg", content);
      expect(Buffer.from(offer.hash)).toEqual(createHash("sha256").update(content).digest());
      take({ ...offer, name: "../..\\picture.jpg" });
      const { path } = await ben.hears("saved");
      await ana.hears("sent");
      expect(path).toBe(join(ben.folder, "picture.jpg"));
      expect((await readFile(path)).equals(content)).toBe(true);
      expect(await ben.names()).toEqual(["picture.jpg"]);
      expect((await stat(path)).mode & 0o177).toBe(0);
    },
  );

  test("takes no other's place, not even a link's", async () => {
    await writeFile(join(ben.folder, "a.txt"), "mine");
    await symlink(join(ben.folder, "elsewhere"), join(ben.folder, "a (2).txt"));
    take(await ana.choose("a.txt", Buffer.from("hers")));
    expect((await ben.hears("saved")).path).toBe(join(ben.folder, "a (3).txt"));
    expect(await readFile(join(ben.folder, "a.txt"), "utf8")).toBe("mine");
    expect(await ben.names()).not.toContain("elsewhere");
  });

  test("goes on where it stopped when the way breaks", async () => {
    const content = randomBytes(24_000_000);
    const offer = await ana.choose("film.mp4", content);
    take(offer);
    await ben.hears("receiving");
    ana.mesh.setMembers([]);
    const { done, why } = await ben.hears("not-received");
    expect(why).toBe("broken");
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(content.length);
    expect(await ben.names()).toEqual([expect.stringMatching(/^\.vigil-.*\.part$/)]);
    await ana.hears("not-sent");
    ana.mesh.setMembers([ben.mesh.self]);
    take(offer, done);
    const { path } = await ben.hears("saved");
    expect((await readFile(path)).equals(content)).toBe(true);
    expect(await ben.names()).toEqual(["film.mp4"]);
  });

  test("that was changed since it was chosen is not sent", async () => {
    const offer = await ana.choose("draft.txt", Buffer.from("first"));
    await writeFile(join(ana.folder, "draft.txt"), "other");
    await utimes(join(ana.folder, "draft.txt"), 1, 1);
    take(offer);
    expect((await ana.hears("not-sent")).why).toBe("changed");
    expect((await ben.hears("not-received")).why).toBe("broken");
    expect(await ben.names()).not.toContain("draft.txt");
  });

  test("that shrinks while it is sent is not taken for whole", async () => {
    const offer = await ana.choose("log.txt", randomBytes(40_000_000));
    take(offer);
    await ben.hears("receiving");
    await truncate(join(ana.folder, "log.txt"), 1_000_000);
    expect((await ana.hears("not-sent")).why).toBe("changed");
    await ben.hears("not-received");
    expect(await ben.names()).not.toContain("log.txt");
  });

  test("that is not what was offered is thrown away", async () => {
    const offer = await ana.choose("letter.txt", Buffer.from("what was offered"));
    take({ ...offer, hash: createHash("sha256").update("something else").digest() });
    expect((await ben.hears("not-received")).why).toBe("damaged");
    await ana.hears("not-sent");
    expect(await ben.names()).toEqual([]);
  });

  test("with a forged chunk is thrown away", async () => {
    const [his, hers] = secretPair();
    ben.carrier.carry(receiveOrder({ name: "x.bin", size: 1_000, hash: new Uint8Array(32) }, his));
    await sendByHand(hers, (write) => write(new Uint8Array(1_016)));
    expect((await ben.hears("not-received")).why).toBe("damaged");
    expect(await ben.names()).toEqual([]);
  });

  test("that ends early is kept for the next try, and removed when it is not wanted any more", async () => {
    const [his, hers] = secretPair();
    const size = 600_000;
    ben.carrier.carry(receiveOrder({ name: "x.bin", size, hash: new Uint8Array(32) }, his));
    await sendByHand(hers, async (write, sealer) => {
      await write(await sealer.seal(new Uint8Array(256 * 1024)));
      await ben.hears("receiving");
      ana.mesh.setMembers([]);
    });
    expect(await ben.hears("not-received")).toMatchObject({ why: "broken", done: 256 * 1024 });
    ben.carrier.carry({ type: "drop", from: ANA, id: ID });
    await ben.carrier.end();
    expect(await ben.names()).toEqual([]);
  });

  test("that nobody sends has stopped after a while", async () => {
    const hurried = new End(harness, ben.mesh, await newFolder(), hurriedClock(300));
    const [his] = secretPair();
    hurried.carrier.carry(receiveOrder({ name: "x.bin", size: 10, hash: new Uint8Array(32) }, his));
    expect((await hurried.hears("not-received")).why).toBe("broken");
    await hurried.carrier.end();
  });

  test("is not sent to who is not expected, and a pipe that nobody expects is closed", async () => {
    const pipe = await ana.mesh.pipes.open(ben.mesh.self);
    await pipe.write(randomBytes(16));
    await expect(pipe.read()).rejects.toMatchObject({ code: "pipe-closed" });
    expect(ben.told).toEqual([]);
  });

  test("is not begun when the disk has no room for it", async () => {
    const [his] = secretPair();
    const size = Number.MAX_SAFE_INTEGER;
    ben.carrier.carry(receiveOrder({ name: "x.bin", size, hash: new Uint8Array(32) }, his));
    expect((await ben.hears("not-received")).why).toBe("disk-full");
    expect(await ben.names()).toEqual([]);
  });

  test("stops when its sender or its receiver says so", async () => {
    const offer = await ana.choose("film.mp4", randomBytes(40_000_000));
    take(offer);
    await ben.hears("receiving");
    ben.carrier.carry({ type: "drop", from: ANA, id: ID });
    expect((await ana.hears("not-sent")).why).toBe("broken");
    await ben.carrier.end();
    expect(await ben.names()).toEqual([]);
  });

  test("ends with the meeting, and leaves nothing unfinished", async () => {
    take(await ana.choose("film.mp4", randomBytes(40_000_000)));
    await ben.hears("receiving");
    await ben.carrier.end();
    expect(await ben.names()).toEqual([]);
    await ana.hears("not-sent");
  });
});
