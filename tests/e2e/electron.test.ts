import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { installedElectron } from "../../build/setup/electron.mjs";

const root = join(import.meta.dirname, "../..");
const executable = installedElectron();
const WHY_SKIPPED = "Electron's binary is not installed on this machine";

interface Client {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
}
const clients: Client[] = [];

async function openClient(name: string): Promise<Client> {
  const profile = await mkdtemp(join(tmpdir(), "vigil-electron-"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [...sandbox, root, "--fake-media", "--headless", "--profile", profile];
  const app = await _electron.launch({ executablePath: executable ?? "", args, cwd: root });
  const page = await app.firstWindow();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  const client = { app, page, profile };
  clients.push(client);
  return client;
}

async function meetingCode(page: Page): Promise<string> {
  const text = (await page.getByLabel("Meeting code").first().textContent()) ?? "";
  return text.replace(/\D/g, "");
}

/** Pictures of `name` drawn so far on this page. */
function picturesOf(page: Page, name: string): Promise<number> {
  return page
    .getByRole("figure", { name })
    .locator("video")
    .evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames)
    .catch(() => 0);
}

afterAll(async () => {
  for (const { app, profile } of clients) {
    await app.close();
    await rm(profile, { recursive: true, force: true });
  }
});

describe("two people in Electron windows", () => {
  it("meet through one invite link and see each other under one meeting code", async ({ skip }) => {
    skip(executable === null, WHY_SKIPPED);
    const ada = await openClient("Ada");
    await ada.page.getByRole("button", { name: "Start a meeting" }).click();
    await ada.page.getByRole("button", { name: "Enter meeting" }).click();
    await ada.page.getByRole("button", { name: "Invite", exact: true }).click();
    const link = ada.page.getByRole("textbox", { name: "Invite link" });
    await expect.poll(() => link.inputValue()).toMatch(/^vigil:\/\/join\/#/);
    const invite = await link.inputValue();
    await ada.page.keyboard.press("Escape");

    const ben = await openClient("Ben");
    await ben.page.getByRole("textbox", { name: "Invite link" }).fill(invite);
    await ben.page.getByRole("button", { name: "Join" }).click();
    await ben.page.getByRole("button", { name: "Enter meeting" }).click();

    for (const [page, other] of [
      [ada.page, "Ben"],
      [ben.page, "Ada"],
    ] as const) {
      await expect.poll(() => picturesOf(page, other), { timeout: 60_000 }).toBeGreaterThan(10);
    }
    await expect.poll(() => meetingCode(ada.page)).toMatch(/^[0-9]{30}$/);
    expect(await meetingCode(ben.page)).toBe(await meetingCode(ada.page));
  });

  it("have pages that see nothing of Node or Electron", async ({ skip }) => {
    skip(executable === null, WHY_SKIPPED);
    const { page } = clients[0] ?? (await openClient("Ada"));
    expect(new URL(page.url()).origin).toBe("vigil-app://app");
    expect(
      await page.evaluate(() => ["require", "process", "Buffer", "electron"].filter((name) => name in globalThis)),
    ).toEqual([]);
    expect(
      await page.evaluate(() =>
        fetch("https://example.org/").then(
          () => true,
          () => false,
        ),
      ),
    ).toBe(false);
  });
});
