import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Secret } from "../../../core/base/secret.ts";
import { End, ID } from "../../support/files-end.ts";
import { hurriedClock, loopbackMeshes, type LoopbackMeshes } from "../../support/loopback-meshes.ts";

let harness: LoopbackMeshes;
let ana: End;
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
});

afterEach(async () => {
  await ana.carrier.end();
  await harness.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

describe("choosing a file", () => {
  test("can be called off", async () => {
    ana.carrier.carry({ type: "choose", id: ID });
    expect((await ana.hears("not-chosen")).why).toBe("cancelled");
  });

  test.each(["missing.txt", "."])("says that %j cannot be read", async (name) => {
    ana.chosen = join(ana.folder, name);
    ana.carrier.carry({ type: "choose", id: ID });
    expect((await ana.hears("not-chosen")).why).toBe("unreadable");
  });

  test("says that a file is too large", async () => {
    ana.chosen = join(ana.folder, "huge.bin");
    await writeFile(ana.chosen, "");
    await truncate(ana.chosen, 2 ** 31 + 1);
    ana.carrier.carry({ type: "choose", id: ID });
    expect((await ana.hears("not-chosen")).why).toBe("too-large");
  });
});

test("a receiver that never reads is not waited for", async () => {
  const deaf = await harness.createMesh("carrier-of-files");
  const hurried = new End(harness, ana.mesh, await newFolder(), hurriedClock(100));
  let linked = false;
  deaf.subscribe((event) => {
    linked ||= event.type === "link-opened";
  });
  ana.mesh.dial(deaf.self, deaf.addresses());
  await harness.until(() => linked, "a link");
  ana.mesh.setMembers([deaf.self]);
  deaf.setMembers([ana.mesh.self]);
  await hurried.choose("film.mp4", new Uint8Array(20_000_000));
  const secret = new Secret("transfer-secret", new Uint8Array(32).fill(1));
  const member = "B".repeat(43) as MemberId;
  hurried.carrier.carry({ type: "send", id: ID, from: member, to: member, peer: deaf.self, secret, offset: 0 });
  expect((await hurried.hears("not-sent")).why).toBe("broken");
  expect(secret.wiped).toBe(true);
  await hurried.carrier.end();
});

test("what a run that was killed has left unfinished is removed by the next", async () => {
  const folder = await newFolder();
  const left = `.vigil-${2 ** 22 + 1}-00000000-0000-4000-8000-000000000000.part`;
  const another = `.vigil-${process.pid}-00000000-0000-4000-8000-000000000000.part`;
  for (const name of [left, another, "own.part"]) await writeFile(join(folder, name), "");
  const end = new End(harness, ana.mesh, folder);
  let names = await end.names();
  while (names.includes(left)) names = await end.names();
  expect(names).toEqual([another, "own.part"]);
  await end.carrier.end();
});
