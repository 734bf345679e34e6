import { afterAll, beforeAll, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { grows, linkFigures, loudestSounds, seesAndHears } from "../support/link-figures.ts";

const LIMIT_MS = 120_000;
const AUDIBLE = 0.002;

const cast = new Cast();
let ana: Client;
let ben: Client;
let chi: Client;

beforeAll(async () => {
  ana = await cast.start({ name: "Ana" });
  ben = await cast.start({ name: "Ben" });
  chi = await cast.start({ name: "Chi" });
}, 240_000);
afterAll(() => cast.end());

test(
  "three people meet through one link, and all see and hear all under one meeting code",
  async () => {
    await meet(ana, [ben, chi]);
    for (const [client, others] of [
      [ana, ["Ben", "Chi"]],
      [ben, ["Ana", "Chi"]],
      [chi, ["Ana", "Ben"]],
    ] as const) {
      await client.until("the others' pictures and sound", () => seesAndHears(client, others));
      for (const other of others) await grows(client, other);
      expect((await client.participants()).toSorted()).toEqual(["Ana", "Ben", "Chi"]);
      const dropped = (await linkFigures(client)).map(({ framesDropped }) => framesDropped);
      expect(Math.max(...dropped)).toBeLessThan(100);
    }
    const code = await ana.meetingCode();
    expect(code).toMatch(/^\d{30}$/);
    for (const client of [ben, chi])
      await client.until("the same meeting code", async () => (await client.meetingCode()) === code);
  },
  LIMIT_MS,
);

test(
  "the sound that is played is not silence",
  async () => {
    const peaks = await loudestSounds(ben, 3_000);
    expect(peaks.filter((peak) => peak > AUDIBLE)).toHaveLength(2);
  },
  LIMIT_MS,
);

test(
  "the page of statistics tells what is true of each link",
  async () => {
    await ana.button("View").click();
    await ana.page.getByRole("menuitem", { name: "Statistics" }).click();
    const page = ana.page.getByRole("dialog", { name: "Statistics" });
    await page.getByText(/^[1-9], in software$/).waitFor();
    for (const name of ["Ben", "Chi"]) {
      const link = page.getByRole("region", { name, exact: true });
      await link.getByText(/^Direct, on (this machine|a local network)$/).waitFor();
      await link.getByText(/^\d+ ms$/).waitFor();
      // Sound alone takes more than 10 kbit/s each way.
      await link.getByText(/^[\d,]{2,} kbit\/s in, [\d,]{2,} kbit\/s out$/).waitFor();
      await link.getByText(/^[\d.]+% in, [\d.]+% out$/).waitFor();
      const both =
        /Picture to them\s+\u2066\d+×\d+\u2069, \d+ a second[^]+Picture from them\s+\u2066\d+×\d+\u2069, \d+ a second/;
      await expect.poll(() => link.innerText(), { timeout: 30_000 }).toMatch(both);
    }
    await ana.page.keyboard.press("Escape");
    await page.waitFor({ state: "detached" });
  },
  LIMIT_MS,
);

test(
  "muting shows on the others' screens, and so does unmuting",
  async () => {
    const mark = (client: Client) => client.tile("Ana").getByRole("img", { name: "Muted" });
    await ana.button("Mute").click();
    for (const client of [ben, chi]) await mark(client).waitFor();
    await ana.button("Unmute").click();
    for (const client of [ben, chi]) await mark(client).waitFor({ state: "detached" });
  },
  LIMIT_MS,
);

test(
  "a camera that is switched off takes its picture away, and switched on brings it back",
  async () => {
    await ana.button("Stop video").click();
    await ben.tile("Ana").locator("video").waitFor({ state: "detached" });
    await ana.button("Start video").click();
    await ben.tile("Ana").locator("video").waitFor();
    await grows(ben, "Ana");
    await grows(chi, "Ana");
  },
  LIMIT_MS,
);

test(
  "a chat message reaches everybody, and its sender sees that",
  async () => {
    const words = "Tea at <b>four</b>? https://example.invalid/";
    await ana.sendChat(words);
    for (const client of [ben, chi]) {
      await client.button("Chat").click();
      await client.page.getByRole("log").getByText(words, { exact: true }).waitFor();
    }
    await ana.page.getByText("Reached 2 of 2").waitFor();
  },
  LIMIT_MS,
);

test(
  "a page that is reloaded in the call is back in it with all pictures, and with what the person had uncovered",
  async () => {
    const code = await ben.meetingCode();
    const cover = ben.tile("Chi").getByRole("button", { name: "Show picture" });
    await cover.click();
    await ben.page.reload();
    await ben.button("Leave").waitFor();
    await ben.tile("Chi").locator("video").waitFor();
    expect(await cover.count()).toBe(0);
    await ben.until("the others' pictures and sound", () => seesAndHears(ben, ["Ana", "Chi"]));
    await grows(ana, "Ben");
    await grows(chi, "Ben");
    // The new page has a new certificate, which the code covers.
    await ben.until("a new meeting code", async () => (await ben.meetingCode()) !== code);
    const renewed = await ben.meetingCode();
    for (const client of [ana, chi])
      await client.until("that code", async () => (await client.meetingCode()) === renewed);
  },
  LIMIT_MS,
);

test.skipIf(process.platform !== "linux")(
  "a link that breaks comes back when its path does (needs Linux)",
  async () => {
    const state = async (): Promise<string | undefined> =>
      (await linkFigures(ana)).find(({ to }) => to === "Ben")?.state;
    const pids = ben.browserPids;
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    try {
      await ana.until("a broken link to Ben", async () => (await state()) !== "connected");
      await grows(ana, "Chi");
    } finally {
      for (const pid of pids) process.kill(pid, "SIGCONT");
    }
    await ana.until("the link to Ben", async () => (await state()) === "connected");
    await grows(ana, "Ben");
    await grows(ben, "Ana");
  },
  LIMIT_MS,
);

test.skipIf(process.platform !== "linux")(
  "a host that dies leaves a clear screen with one button back into the same place (needs Linux)",
  async () => {
    const order = await ana.participants();
    process.kill(chi.hostPid, "SIGKILL");
    await chi.button("Return to the meeting").click();
    await chi.button("Leave").waitFor();
    await chi.until("the others' pictures and sound", () => seesAndHears(chi, ["Ana", "Ben"]));
    for (const client of [ana, ben]) {
      await client.until("Chi's picture and sound", () => seesAndHears(client, ["Chi"]));
      await grows(client, "Chi");
      expect(await client.participants()).toEqual(order);
    }
    await chi.until("the same meeting code", async () => (await chi.meetingCode()) === (await ana.meetingCode()));
    await grows(ana, "Ben");
  },
  LIMIT_MS,
);

test(
  "somebody whose client is killed is shown as lost, and the others go on",
  async () => {
    await chi.kill();
    const tile = ana.tile("Chi");
    await ana.until("a mark of Chi's loss", async () => (await tile.getAttribute("data-connection")) === "lost");
    await grows(ana, "Ben");
    await grows(ben, "Ana");
  },
  LIMIT_MS,
);

test(
  "whoever leaves is gone for the others, and is told so",
  async () => {
    await ben.button("Leave").click();
    await ben.page.getByText("You have left the meeting").waitFor();
    await ana.tile("Ben").waitFor({ state: "detached" });
    expect(await ana.participants()).not.toContain("Ben");
  },
  LIMIT_MS,
);
