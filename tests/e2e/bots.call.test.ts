import { afterAll, beforeAll, expect, test } from "vitest";
import { Bot } from "../support/bots/bot.ts";
import { readRecordings } from "../support/bots/recordings.ts";
import { Cast } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { grows, linkFigures } from "../support/link-figures.ts";
import { processTree } from "../support/process-tree.ts";

// A whole client between two members of another WebRTC implementation: one that leads the media link to it, one that is led.

const LIMIT_MS = 120_000;
/** As loud as somebody who speaks into the microphone. */
const SPEAKING = 15;

const cast = new Cast();
const bots: Bot[] = [];
let ana: Client;
let leads: Bot;
let led: Bot;

async function bot(name: string): Promise<Bot> {
  const made = await Bot.create({ name, recordings: readRecordings(), level: SPEAKING });
  bots.push(made);
  return made;
}

beforeAll(async () => {
  leads = await bot("Lea");
  leads.command({ type: "start-meeting", name: leads.name, admission: "invite" });
  await leads.until("the lobby", () => leads.view?.screen === "lobby");
  leads.command({
    type: "enter-meeting",
    name: leads.name,
    media: { microphone: true, camera: true, screen: false },
  });
  await leads.until("the call", () => leads.call !== null);
  leads.command({ type: "create-invite" });
  await leads.until("an invite", () => typeof leads.call?.invite?.link === "string");
  const invite = leads.call?.invite?.link ?? "";
  // The made-up camera of Chromium itself, which has pictures of several sizes.
  ana = await cast.start({ name: "Ana", video: null });
  await ana.openInvite(invite);
  await ana.enter();
  led = await bot("Lev");
  await led.join(invite);
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all(bots.map((one) => one.stop()));
  await cast.end();
});

/** Frames of the client, or of another, that a bot opened and could not open. */
function opened(
  one: Bot,
  of = "Ana",
): { readonly pictures: number; readonly sounds: number; readonly dropped: number } {
  const id = one.call?.participants.find(({ name }) => name === of)?.id;
  const counts = one.media.counts().filter(({ member }) => member === id);
  const openedOf = (kind: string): number => counts.find((count) => count.kind === kind)?.opened ?? 0;
  const dropped = counts.reduce((sum, count) => sum + count.dropped, 0);
  return { pictures: openedOf("camera"), sounds: openedOf("microphone"), dropped };
}

test(
  "both are seen and heard, whoever leads the link, under one meeting code",
  async () => {
    for (const one of bots) {
      await ana.until(`${one.name}'s tile`, () => ana.tile(one.name).isVisible());
      // A newcomer stays covered until the viewer uncovers them, and what is covered is still sent.
      await grows(ana, one.name);
    }
    const code = await ana.meetingCode();
    for (const one of bots) await one.until("the same code", () => one.call?.meetingCode.replace(/\D/g, "") === code);
    expect(code).toMatch(/^\d{30}$/);
  },
  LIMIT_MS,
);

test(
  "both open what the client seals, its sound and its picture",
  async () => {
    for (const one of bots) {
      const before = opened(one);
      await one.until("more of Ana", () => {
        const now = opened(one);
        return now.pictures >= before.pictures + 12 && now.sounds >= before.sounds + 25;
      });
    }
  },
  LIMIT_MS,
);

test(
  "the open camera gives more for one who shows it large, and the others' pictures go on",
  async () => {
    const self = leads.call?.participants.find(({ name }) => name === "Ana")?.id;
    if (self === undefined) throw new Error("Ana is not in the list");
    const before = opened(led);
    leads.media.wish(self, { camera: "full", screen: "none" });
    const video = ana.tile("Ana").locator("video");
    await ana.until(
      "1280x720",
      async () => (await video.evaluate((element: HTMLVideoElement) => element.videoWidth)) === 1280,
    );
    for (const one of bots) {
      const first = one === led ? before : opened(one);
      await one.until("more of Ana", () => opened(one).pictures >= first.pictures + 12);
      expect(opened(one).dropped).toBe(first.dropped);
    }
  },
  LIMIT_MS,
);

test(
  "while a machine sleeps the others go on, and it is in its place again when it wakes",
  async () => {
    const places = (): readonly string[] => leads.call?.participants.map(({ name }) => name) ?? [];
    const isReached = (): boolean =>
      leads.call?.participants.some(({ name, reachable }) => name === "Ana" && reachable) ?? false;
    const before = places();
    const pids = [ana.pid, ...processTree(ana.pid).map(({ pid }) => pid)];
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    try {
      await leads.until("that she is gone", () => !isReached());
      const heard = opened(leads, "Lev");
      await leads.until("more of Lev", () => opened(leads, "Lev").sounds >= heard.sounds + 25);
    } finally {
      for (const pid of pids) process.kill(pid, "SIGCONT");
    }
    await leads.until("that she is back", isReached);
    expect(places()).toEqual(before);
    for (const one of bots) {
      await grows(ana, one.name);
      const last = opened(one);
      await one.until(
        "more of Ana",
        () => opened(one).pictures !== last.pictures && opened(one).sounds !== last.sounds,
      );
    }
  },
  LIMIT_MS,
);

test(
  "what the client drops is nothing that it should have opened",
  async () => {
    const before = await linkFigures(ana);
    for (const one of bots) await grows(ana, one.name);
    const after = await linkFigures(ana);
    for (const { to, framesDropped } of after)
      expect(framesDropped, to).toBe(before.find((link) => link.to === to)?.framesDropped);
  },
  LIMIT_MS,
);
