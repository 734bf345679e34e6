import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileStore } from "../../../electron/store/file-store.ts";
import { defaultProfileFolder, prepareProfileFolder } from "../../../electron/store/profile-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-store-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("the store of a profile", () => {
  it("reads back what was written, and null before", async () => {
    const store = createFileStore(folder);
    expect(await store.read("settings")).toBeNull();
    await store.write("settings", "first");
    await store.write("settings", "second ✓");
    expect(await createFileStore(folder).read("settings")).toBe("second ✓");
  });

  it("leaves no draft behind and lets only the owner read", async () => {
    await createFileStore(folder).write("settings", "x");
    expect(await readdir(folder)).toEqual(["settings.json"]);
    expect((await stat(join(folder, "settings.json"))).mode & 0o777).toBe(0o600);
  });

  it("rejects with profile-unwritable and keeps the old text when the new one cannot take its place", async () => {
    const store = createFileStore(folder);
    await mkdir(join(folder, "settings.json"));
    await expect(store.write("settings", "x")).rejects.toMatchObject({ code: "profile-unwritable", fault: "device" });
    expect(await readdir(folder)).toEqual(["settings.json"]);
    await expect(createFileStore(join(folder, "absent")).write("settings", "x")).rejects.toMatchObject({
      code: "profile-unwritable",
    });
  });

  it("reads nothing that is too large or not text", async () => {
    const store = createFileStore(folder);
    await writeFile(join(folder, "settings.json"), "x".repeat(256 * 1024 + 1));
    expect(await store.read("settings")).toBeNull();
    await writeFile(join(folder, "settings.json"), Buffer.from([0xff, 0xfe, 0x80]));
    expect(await store.read("settings")).toBeNull();
  });
});

describe("the profile folder", () => {
  it("is made with its parents, for the owner only, and left empty", async () => {
    const wanted = join(folder, "a", "b");
    expect(await prepareProfileFolder(wanted)).toEqual({ ok: true, value: wanted });
    expect((await stat(wanted)).mode & 0o777).toBe(0o700);
    expect(await readdir(wanted)).toEqual([]);
  });

  it("that cannot be written is named in one sentence", async () => {
    await writeFile(join(folder, "file"), "kept");
    const result = await prepareProfileFolder(join(folder, "file", "profile"));
    if (result.ok) throw new Error("a folder inside a file was made");
    expect(result.error.code).toBe("profile-unwritable");
    expect(result.error.message).toMatch(/^The profile folder .*file\/profile cannot be written; .*\.$/);
    expect(await readFile(join(folder, "file"), "utf8")).toBe("kept");
  });

  it("is where each system keeps such things", () => {
    const at = (platform: string, env: Record<string, string> = {}): string =>
      defaultProfileFolder({ platform, home: "/home/a", env });
    expect(at("linux")).toBe("/home/a/.config/Vigil");
    expect(at("linux", { XDG_CONFIG_HOME: "/x" })).toBe("/x/Vigil");
    expect(at("linux", { XDG_CONFIG_HOME: "relative" })).toBe("/home/a/.config/Vigil");
    expect(at("darwin")).toBe("/home/a/Library/Application Support/Vigil");
    expect(at("win32", { APPDATA: "/r" })).toBe("/r/Vigil");
  });
});
