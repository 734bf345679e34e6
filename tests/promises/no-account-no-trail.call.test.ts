import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";

// A call of two, ended by one shortcut, on a disk that is looked at before and after.

const LIMIT_MS = 120_000;
const SAID = "The lamp stands in the northern window";

const cast = new Cast();
let disk: { readonly profile: string; readonly temporary: string };
let nadira: Client;
let oluwaseun: Client;
let secrets: string[];

/** Every file below a folder, with its path from there. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Those files that hold one of the words, in the two ways in which programs write text. */
function filesWith(folder: string, words: readonly string[]): string[] {
  return filesBelow(folder).filter((file) => {
    const bytes = readIfThere(join(folder, file));
    return words.some((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le")));
  });
}

/** A browser at work makes and removes files while they are looked at. */
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

beforeAll(async () => {
  const folder = cast.folder();
  disk = { profile: join(folder, "profile"), temporary: join(folder, "temporary") };
  mkdirSync(disk.temporary);
  nadira = await cast.start({ name: "Nadira", profile: disk.profile, environment: { TMPDIR: disk.temporary } });
  oluwaseun = await cast.start({ name: "Oluwaseun" });
  const invite = await meet(nadira, [oluwaseun]);
  await nadira.until("the other's tile", () => nadira.tile("Oluwaseun").isVisible());
  await nadira.sendChat(SAID);
  await oluwaseun.button("Chat").click();
  await oluwaseun.page.getByText(SAID).waitFor();
  secrets = ["Nadira", "Oluwaseun", SAID, invite, invite.split("#")[1] ?? invite];
}, LIMIT_MS);
afterAll(() => cast.end());

test("no field may be written down: what may be completed, Chromium keeps on the disk after some seconds", async () => {
  const fields = nadira.page.locator("input, textarea");
  expect(await fields.count()).toBeGreaterThan(0);
  expect(await fields.and(nadira.page.locator(":not([autocomplete=off])")).count()).toBe(0);
});

test("of a call that goes on nothing is on the disk that a machine cut off from its power would keep", () => {
  expect(filesBelow(disk.profile).length).toBeGreaterThan(10);
  expect(filesWith(disk.profile, secrets)).toEqual([]);
  expect(filesWith(disk.temporary, secrets)).toEqual([]);
  const left = join(disk.temporary, "left");
  writeFileSync(left, Buffer.from(`a file that says ${SAID}`, "utf16le"));
  expect(filesWith(disk.temporary, secrets)).toEqual(["left"]);
  rmSync(left);
});

test(
  "one shortcut ends the app, and the others see that its person has left",
  async () => {
    // The page is gone before the key is let go.
    await nadira.page.keyboard.press("Control+Q").catch(() => undefined);
    await nadira.until("the end of the app", () => Promise.resolve(!nadira.running));
    await oluwaseun.tile("Nadira").waitFor({ state: "detached" });
  },
  LIMIT_MS,
);

test("of a call that has ended nothing is on the disk", () => {
  expect(filesBelow(disk.profile)).toEqual([]);
  expect(filesBelow(disk.temporary)).toEqual([]);
});
