import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberId } from "../../core/contract/parts.ts";
import { MAX_HOPS } from "../../core/contract/passing.ts";
import { Bot } from "../support/bots/bot.ts";
import { readRecordings } from "../support/bots/recordings.ts";
import { Cast } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { grows, linkFigures } from "../support/link-figures.ts";
import { narrowUplink } from "../support/narrow-uplink.ts";
import { writeMovingPicture } from "../support/y4m.ts";

// A whole client whose uplink carries its picture once, another that helps, and members of another WebRTC implementation.

const LIMIT_MS = 180_000;
const VIEWERS = 4;
/** One copy of 640x360 as it looks well. */
const UPLINK = 600_000;
const ROOM = 4_000_000;
/** Of one who can pass it on once. */
const ROOM_FOR_ONE = 600_000;

const cast = new Cast();
const bots: Bot[] = [];
const folder = mkdtempSync(join(tmpdir(), "vigil-passing-"));
let ana: Client;
let ben: Client;
/** The bot that helps, once Ben does not. */
let helper: Bot;
let self: MemberId;

beforeAll(async () => {
  const video = join(folder, "camera.y4m");
  writeMovingPicture(video, { width: 640, height: 360, framesPerSecond: 24, seconds: 2, seed: 1 });
  ana = await cast.start({ name: "Ana", video });
  await ana.prepareMeeting();
  await ana.enter();
  const invite = await ana.inviteLink();
  ben = await cast.start({ name: "Ben" });
  await ben.openInvite(invite);
  await ben.enter();
  for (let index = 0; index < VIEWERS; index++) {
    const bot = await Bot.create({ name: `Bot ${index}`, recordings: readRecordings() });
    bots.push(bot);
    await bot.join(invite);
  }
  helper = bots[0] as Bot;
  self = helper.call?.participants.find(({ name }) => name === "Ana")?.id ?? ("" as MemberId);
  for (const bot of bots) bot.media.wish(self, { camera: "middle", screen: "none" });
  await narrowUplink(ana, UPLINK);
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await cast.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Who passes on Ana's picture to a bot, by name; null for nobody. */
function passer(bot: Bot): string | null {
  const by = bot.media.passing.passed().find(({ origin }) => origin === self)?.by;
  return bot.call?.participants.find(({ id }) => id === by)?.name ?? null;
}

/** The bots that pass it on to this one, from Ana's side. */
function passersOn(bot: Bot): readonly Bot[] {
  const by = bots.find(({ name }) => name === passer(bot));
  return by === undefined ? [] : [...passersOn(by), by];
}

async function moreForAll(pictures: number): Promise<void> {
  const before = new Map(bots.map((bot) => [bot, bot.media.pictures(self)]));
  for (const bot of bots) {
    const enough = (before.get(bot) ?? 0) + pictures;
    await bot.until("more of Ana", () => bot.media.pictures(self) >= enough, LIMIT_MS);
  }
}

/** Who passes on Ana's picture to Ben, by name; null for nobody. */
async function passerOfBen(): Promise<string | null> {
  const links = await linkFigures(ben);
  const by = links.find(({ to }) => to === "Ana")?.cameraBy ?? null;
  return links.find(({ member }) => member === by)?.to ?? null;
}

async function chooseInBen(choice: string): Promise<void> {
  await ben.button("Settings").click();
  const dialog = ben.page.getByRole("dialog", { name: "Settings" });
  await dialog.getByRole("button", { name: /Pass on others' pictures/ }).click();
  await ben.page.getByRole("option", { name: choice }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
}

test(
  "a client with room passes the picture on to those whom its sender's uplink does not reach",
  async () => {
    for (const bot of bots) await bot.until("that Ben passes it on", () => passer(bot) === "Ben", LIMIT_MS);
    await moreForAll(40);
  },
  LIMIT_MS,
);

test(
  "whoever does not want to pass on does not, and the picture comes by somebody who does, which the tile says",
  async () => {
    helper.media.passing.offer(ROOM);
    await chooseInBen("Never");
    await ben.until("that the helper passes it on", async () => (await passerOfBen()) === helper.name, LIMIT_MS);
    await grows(ben, "Ana", 40);
    await ben.tile("Ana").getByText("via \u2068Bot 0\u2069").waitFor();
    for (const bot of bots) expect(passer(bot)).not.toBe("Ben");
  },
  LIMIT_MS,
);

test(
  "it goes over three links where everybody has room for one, and when the second passer-on falls silent it comes another way",
  async () => {
    for (const bot of bots) bot.media.passing.offer(ROOM_FOR_ONE);
    const farthest = (): Bot | undefined => bots.find((bot) => passersOn(bot).length === MAX_HOPS - 1);
    await helper.until("three links one after the other", () => farthest() !== undefined, LIMIT_MS);
    const last = farthest() as Bot;
    const second = passersOn(last).at(-1) as Bot;
    const before = last.media.pictures(self);
    await last.until("pictures over them", () => last.media.pictures(self) > before + 40, LIMIT_MS);
    expect(passersOn(last).at(-1)).toBe(second);
    second.media.passing.passOn = () => undefined;
    await last.until("another way", () => passer(last) !== second.name, LIMIT_MS);
    const between = last.media.pictures(self);
    await last.until("pictures by it", () => last.media.pictures(self) > between + 40, LIMIT_MS);
    second.media.passing.passOn = (picture, give) => give(picture);
    for (const bot of bots) bot.media.passing.offer(bot === helper ? ROOM : 0);
    await ben.until("that the helper passes it on", async () => (await passerOfBen()) === helper.name, LIMIT_MS);
  },
  LIMIT_MS,
);

test(
  "what a passer-on has altered is shown by nobody, and the picture comes directly again",
  async () => {
    helper.media.passing.passOn = (picture, give) => {
      const data = picture.data.slice(0);
      const bytes = new Uint8Array(data);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      give({ ...picture, data });
    };
    await ben.until("that it comes from Ana", async () => (await passerOfBen()) === null, LIMIT_MS);
    await grows(ben, "Ana", 40);
    await moreForAll(40);
  },
  LIMIT_MS,
);
