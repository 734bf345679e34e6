import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Bot } from "../../support/bots/bot.ts";
import { readRecordings, type Recordings } from "../../support/bots/recordings.ts";
import { Client } from "../../support/client.ts";
import { linkFigures } from "../../support/link-figures.ts";
import { writeMovingPicture, type MovingPicture } from "../../support/y4m.ts";
import { pause } from "../pause.ts";
import { processorShares } from "../processor-share.ts";

const WATCH_MS = 15_000;
const PATIENCE_MS = 120_000;
/** As loud as somebody who speaks into the microphone. */
const SPEAKING = 15;

export interface BotCallPlan {
  /** How many others there are. */
  readonly bots: number;
  /**
   * Whether they send sound and pictures, and how large the largest of these are; `always-full` for pictures of 1280x720
   * whatever the client shows, as in a mesh that knows no other size.
   */
  readonly plays: false | "middle" | "full" | "always-full";
  readonly camera: Omit<MovingPicture, "seed" | "seconds">;
  /** Of the client's window, in pixels; 1280 by 800 without it. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Whether the others have links among each other, too; without it, to the client only. */
  readonly meshed?: boolean;
  /** What each of the others says that it can pass on, in bit/s; nothing without it. */
  readonly room?: (index: number) => number;
  /** Another whole client that helps, beside the bots. */
  readonly helper?: boolean;
  /** Whether the client encodes its picture once for all, as it does, or for each link, as any mesh does. */
  readonly encode?: "once" | "each";
}

/** A whole client and members without a window, whose time is not counted. */
export interface BotCall {
  readonly client: Client;
  readonly bots: readonly Bot[];
  /** The client's own id. */
  readonly self: MemberId;
  /** The other whole client, if one was asked for. */
  readonly helper: Client | null;
}

/** A call of one client and bots that build links with it alone, ended after `act`. */
export async function inBotCall<T>(plan: BotCallPlan, act: (call: BotCall) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vigil-media-"));
  const video = join(folder, "camera.y4m");
  writeMovingPicture(video, { ...plan.camera, seconds: 2, seed: 1 });
  const { window } = plan;
  const more = window === undefined ? [] : ["--chromium-arg", `--window-size=${window.width},${window.height}`];
  const bots: Bot[] = [];
  let client: Client | null = null;
  let helper: Client | null = null;
  try {
    const present = await Client.start({ name: "Ana", video, more });
    client = present;
    if (plan.encode === "each") await encodeForEach(present);
    await present.prepareMeeting();
    await present.enter();
    const invite = await present.inviteLink();
    if (plan.helper === true) {
      helper = await Client.start({ name: "Ben" });
      await helper.openInvite(invite);
      await helper.enter();
    }
    const recordings = recordingsFor(plan.plays);
    for (let index = 0; index < plan.bots; index++) {
      const linksWith = (member: MemberId): boolean =>
        plan.meshed === true || !bots.some((bot) => bot.call?.self === member);
      const level = index === 0 ? { level: SPEAKING } : {};
      const room = plan.room === undefined ? {} : { room: plan.room(index) };
      const plays = plan.plays === false ? {} : { recordings };
      const bot = await Bot.create({ name: `Bot ${index}`, linksWith, ...room, ...level, ...plays });
      bots.push(bot);
      await bot.join(invite);
      // An invite lets in so many by itself; whoever comes after them is let in by somebody.
      if (index === 0) bot.openDoor();
    }
    const isWhole = async (): Promise<boolean> => {
      const links = await linkFigures(present);
      return links.filter(({ state }) => state === "connected").length === plan.bots + (helper === null ? 0 : 1);
    };
    await present.until("a link to each", isWhole, PATIENCE_MS);
    await closePanel(present);
    return await act({ client: present, bots, self: ownId(present, bots), helper });
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await helper?.stop();
    await client?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function recordingsFor(plays: BotCallPlan["plays"]): Recordings {
  const all = readRecordings();
  if (plays === "always-full") return { ...all, small: all.full, middle: all.full };
  return plays === "full" ? all : { ...all, full: all.middle };
}

/** Takes from a fresh page what encoding once needs, so that each link encodes for itself, sealed as always. */
async function encodeForEach({ page }: Client): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "MediaStreamTrackProcessor");
  });
  await page.reload();
  await page.getByRole("button", { name: "Start a meeting" }).waitFor();
}

function ownId(client: Client, [bot]: readonly Bot[]): MemberId {
  const id = bot?.call?.participants.find(({ name }) => name === client.name)?.id;
  if (id === undefined) throw new Error("nobody lists the client");
  return id;
}

/** What a client shows of another while it is watched. */
export interface Shown {
  readonly width: number;
  /** A second. */
  readonly pictures: number;
  readonly sounds: number;
}

export interface Watched {
  /** Of one core, by all processes of the client together. */
  readonly share: number;
  /** What it shows and hears of each other. */
  readonly shown: readonly Shown[];
  /** Pictures of its own camera that each other opened, a second. */
  readonly seen: readonly number[];
}

/** What the client spends, shows and sends over a while. */
export async function watch({ client, bots, self }: BotCall): Promise<Watched> {
  const before = await linkFigures(client);
  const sent = bots.map((bot) => pictures(bot, self));
  const { shares, seconds } = await processorShares([client.pid], WATCH_MS);
  const seen = bots.map((bot, index) => (pictures(bot, self) - (sent[index] ?? 0)) / seconds);
  const after = await linkFigures(client);
  const shown = after.map((link) => {
    const first = before.find(({ member }) => member === link.member);
    const rate = (count: "videoFrames" | "audioPackets"): number => (link[count] - (first?.[count] ?? 0)) / seconds;
    return { width: link.videoWidth, pictures: rate("videoFrames"), sounds: rate("audioPackets") };
  });
  return { share: shares[0] ?? Number.NaN, shown, seen };
}

/** Pictures of this member that the bot opened. */
function pictures(bot: Bot, member: MemberId): number {
  const counts = bot.media.counts().find((count) => count.member === member && count.kind === "camera");
  return counts?.opened ?? 0;
}

/** Long enough for what people joining cost to be over and forgotten. */
export function settle(): Promise<void> {
  return pause(25_000);
}

/** Leaves all the room to the tiles. */
async function closePanel(client: Client): Promise<void> {
  const close = client.button("Close");
  if (await close.isVisible()) await close.click();
}

async function choose(client: Client, layout: string): Promise<void> {
  await client.button("View").click();
  await client.page.getByRole("menuitemradio", { name: layout }).click();
  await client.page.keyboard.press("Escape");
}

/** One person large and the others in a strip. */
export const showSpeaker = (client: Client): Promise<void> => choose(client, "Speaker large");

/** Everybody in tiles of one size. */
export const showGrid = (client: Client): Promise<void> => choose(client, "Side by side");

export const percent = (share: number): string => `${Math.round(100 * share)} % of a core`;
