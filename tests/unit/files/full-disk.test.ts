import { randomBytes } from "node:crypto";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PartFile } from "../../../electron/files/part-file.ts";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Secret } from "../../../core/base/secret.ts";
import type { TransferSecret } from "../../../core/files/chunks.ts";
import { End, ID } from "../../support/files-end.ts";
import { loopbackMeshes, type LoopbackMeshes } from "../../support/loopback-meshes.ts";

const ANA = "A".repeat(43) as MemberId;
const BEN = "B".repeat(43) as MemberId;

let harness: LoopbackMeshes;
let folder: string;

beforeEach(async () => {
  harness = loopbackMeshes();
  folder = await mkdtemp(join(tmpdir(), "vigil-full-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await harness.stop();
  await rm(folder, { recursive: true });
});

/** From the `writes`th write on, the system has no room left. */
async function fillUpAfter(writes: number): Promise<void> {
  const probe = await open(join(folder, "probe"), "w");
  const handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  await rm(join(folder, "probe"));
  const write = Reflect.get(handles, "write") as (...given: unknown[]) => Promise<unknown>;
  let count = 0;
  vi.spyOn(handles, "write").mockImplementation(function (this: FileHandle, ...given: unknown[]) {
    const noRoom = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    return (++count <= writes ? Reflect.apply(write, this, given) : Promise.reject(noRoom)) as never;
  });
}

test("a disk that fills up while a file comes in ends it with that reason, and gives back what it took", async () => {
  const ana = new End(harness, await harness.createMesh("carrier-of-files"), folder);
  const own = await mkdtemp(join(folder, "ben-"));
  const ben = new End(harness, await harness.createMesh("carrier-of-files"), own);
  await ana.meet(ben);
  const { name, size, hash } = await ana.choose("film.mp4", randomBytes(3_000_000));
  const secret: TransferSecret = new Secret("transfer-secret", randomBytes(32));
  await fillUpAfter(2);
  ben.carrier.carry({
    type: "receive",
    id: ID,
    from: ANA,
    peer: ana.mesh.self,
    secret: secret.copy(),
    name,
    size,
    hash,
    offset: 0,
  });
  ana.carrier.carry({ type: "send", id: ID, from: ANA, to: BEN, peer: ben.mesh.self, secret, offset: 0 });
  expect((await ben.hears("not-received")).why).toBe("disk-full");
  await ana.hears("not-sent");
  await ben.carrier.end();
  await ana.carrier.end();
  expect(await ben.names()).toEqual([]);
});

test("a file whose last bytes find no room gets no name", async () => {
  const part = await PartFile.create(folder);
  await part.append(randomBytes(1_000));
  await fillUpAfter(0);
  await expect(part.append(randomBytes(1_000))).rejects.toMatchObject({ code: "ENOSPC" });
  expect(part.written).toBe(1_000);
  await part.remove();
});
