import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPersonaStore } from "../../../electron/store/persona-store.ts";

const FILE = "identity.vigil-identity";
const bytes = Uint8Array.of(1, 2, 3);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-persona-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("a persona's file is read back as it was written, and null before and after", async () => {
  const store = createPersonaStore(folder, 100);
  expect(await store.read()).toBeNull();
  await store.write(Uint8Array.of(9));
  await store.write(bytes);
  expect(await createPersonaStore(folder, 100).read()).toEqual(bytes);
  await store.remove();
  await store.remove();
  expect(await store.read()).toBeNull();
});

it("a persona's file is for its owner only, and no draft is left beside it", async () => {
  await createPersonaStore(folder, 100).write(bytes);
  expect(await readdir(folder)).toEqual([FILE]);
  expect((await stat(join(folder, FILE))).mode & 0o777).toBe(0o600);
});

it("no more is read of a persona's file than tells that it is too large", async () => {
  await writeFile(join(folder, FILE), new Uint8Array(5_000));
  expect((await createPersonaStore(folder, 100).read())?.length).toBe(101);
});

it("what cannot be read or written is told, and is not taken for nothing", async () => {
  await mkdir(join(folder, FILE));
  const store = createPersonaStore(folder, 100);
  await expect(store.read()).rejects.toMatchObject({ code: "profile-unreadable" });
  await expect(store.write(bytes)).rejects.toMatchObject({ code: "profile-unwritable" });
  await expect(store.remove()).rejects.toMatchObject({ code: "profile-unwritable" });
  expect(await readdir(folder)).toEqual([FILE]);
});
