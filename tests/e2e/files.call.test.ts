import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";

// Files between two whole clients: the real dialog, the real pipes, a real folder.

const LIMIT_MS = 120_000;

const cast = new Cast();
const content = randomBytes(5_000_000);
let ana: Client;
let ben: Client;
let home: string;
let source: string;

beforeAll(async () => {
  home = join(cast.folder(), "home");
  mkdirSync(home);
  source = join(cast.folder(), "timetable.pdf");
  writeFileSync(source, content);
  ana = await cast.start({ name: "Ana", fakeMedia: false });
  ben = await cast.start({ name: "Ben", fakeMedia: false, environment: { HOME: home } });
  await meet(ana, [ben]);
  await ana.until("the other's tile", () => ana.tile("Ben").isVisible());
  await ana.button("Chat").click();
  await ben.button("Chat").click();
}, LIMIT_MS);
afterAll(() => cast.end());

/** As a person does in Chromium's dialog: playwright's own way would give the page a copy of the file, which is nowhere on the disk. */
async function offer(client: Client, path: string): Promise<void> {
  const session = await client.page.context().newCDPSession(client.page);
  await session.send("Page.enable");
  await session.send("Page.setInterceptFileChooserDialog", { enabled: true });
  const opened = new Promise<number>((resolve) => {
    session.once("Page.fileChooserOpened", ({ backendNodeId = 0 }) => resolve(backendNodeId));
  });
  await client.button("Send a file").click();
  await session.send("DOM.setFileInputFiles", { files: [path], backendNodeId: await opened });
  await session.detach();
}

test("a file is chosen in the window's own dialog, shown before anything of it has come, and saved where downloads go", async () => {
  await offer(ana, source);
  const card = ben.page.getByRole("group", { name: "File" });
  await card.getByText("PDF, 5 MB").waitFor();
  expect(readdirSync(home)).not.toContain("Downloads");
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByText(join(home, "Downloads", "timetable.pdf")).waitFor();
  expect(readFileSync(join(home, "Downloads", "timetable.pdf")).equals(content)).toBe(true);
  expect(readdirSync(join(home, "Downloads"))).toEqual(["timetable.pdf"]);
  await ana.page.getByText("1 of 1 has it").waitFor();
  // The page of neither has learned where it came from.
  expect(await ana.page.content()).not.toContain(source);
});

test("what can run is named as such before it is taken, and what is not wanted any more leaves nothing", async () => {
  const program = join(cast.folder(), "installer.sh");
  writeFileSync(program, content);
  await offer(ana, program);
  const card = ben.page.getByRole("group", { name: "installer" });
  await card.getByText("Opening this can run a program").waitFor();
  await card.getByRole("button", { name: "Do not take" }).click();
  await card.getByText("Not taken").waitFor();
  await ana.page.getByRole("group", { name: "installer" }).getByRole("button", { name: "Stop offering" }).click();
  await ana.page.getByText("No longer offered").waitFor();
  expect(readdirSync(join(home, "Downloads"))).toEqual(["timetable.pdf"]);
});
