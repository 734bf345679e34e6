import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Bot } from "../../support/bots/bot.ts";
import { readRecordings } from "../../support/bots/recordings.ts";
import { Client } from "../../support/client.ts";
import { linkFigures } from "../../support/link-figures.ts";
import { writeMovingPicture } from "../../support/y4m.ts";
import { atMost, atLeast, forComparison, type Measure, ratio, type Row } from "../measure.ts";
import { pause } from "../pause.ts";
import { processorShares } from "../processor-share.ts";

const FEW = 1;
const MANY = 8;
const CROWD = 15;
/** One large and eight small. */
const TILES = 9;
const LARGE_WIDTH = 640;
const SETTLE_MS = 8_000;
const WATCH_MS = 15_000;
const PATIENCE_MS = 120_000;
/** As loud as somebody who speaks into the microphone. */
const SPEAKING = 15;
const LARGEST = "middle" as const;
const camera = { width: 640, height: 360, framesPerSecond: 24, seconds: 2, seed: 1 };

/** What it costs one whole client to send to many, and to be in a call of many: the others are bots, whose time is not counted. */
export const media: Measure = {
  name: "media",
  async run(say) {
    return [...(await sending(say)), ...(await amongMany(say))];
  },
};

async function sending(say: (words: string) => void): Promise<Row[]> {
  const shares: number[] = [];
  for (const receivers of [FEW, MANY]) {
    const share = await inCall({ bots: receivers, plays: false }, async ({ client, bots }) => {
      const self = ownId(client, bots);
      for (const bot of bots) bot.media.wish(self, { camera: LARGEST, screen: "none" });
      await pause(SETTLE_MS);
      const before = bots.map((bot) => pictures(bot, self));
      const { share: used, seconds } = await watch(client);
      const rates = bots.map((bot, index) => (pictures(bot, self) - (before[index] ?? 0)) / seconds);
      say(`${receivers} receivers: ${percent(used)}, ${Math.min(...rates).toFixed(1)} pictures a second at the least`);
      return used;
    });
    shares.push(share);
  }
  const [few = null, many = null] = shares;
  const what = "sending 640x360 at 24 fps, all processes of the sender:";
  return [
    forComparison({ what: `${what} ${FEW} receiver`, value: few, unit: "cores" }),
    forComparison({ what: `${what} ${MANY} receivers`, value: many, unit: "cores" }),
    atMost(1.4, { what: `${what} ${MANY} receivers to ${FEW}`, value: ratio(many, few), unit: "ratio" }),
  ];
}

async function amongMany(say: (words: string) => void): Promise<Row[]> {
  return await inCall({ bots: CROWD, plays: true }, async ({ client, bots }) => {
    await client.button("View").click();
    await client.page.getByRole("menuitemradio", { name: "Speaker large" }).click();
    await client.page.keyboard.press("Escape");
    const self = ownId(client, bots);
    await pause(SETTLE_MS);
    const before = await linkFigures(client);
    const sent = bots.map((bot) => pictures(bot, self));
    const { share, seconds } = await watch(client);
    const after = await linkFigures(client);
    const grown = after.map((link) => {
      const first = before.find(({ member }) => member === link.member);
      const rate = (count: "videoFrames" | "audioPackets"): number => (link[count] - (first?.[count] ?? 0)) / seconds;
      return { width: link.videoWidth, pictures: rate("videoFrames"), sounds: rate("audioPackets") };
    });
    const shown = grown.filter((link) => link.pictures > 0);
    const heard = grown.filter((link) => link.sounds > 0).length;
    const seen = bots.filter((bot, index) => pictures(bot, self) > (sent[index] ?? 0)).length;
    // Nobody shown is no rate at all, and no rate is above the bound.
    const slowest = shown.length === 0 ? 0 : Math.min(...shown.map((link) => link.pictures));
    const widest = Math.max(0, ...shown.map(({ width }) => width));
    say(
      `${CROWD} others: ${percent(share)}, ${heard} heard, ${shown.length} shown up to ${widest} wide, ${seen} see this one`,
    );
    const what = `a client in a call with ${CROWD} others, one large and the rest small:`;
    return [
      atMost(1.2, { what: `${what} all its processes`, value: share, unit: "cores" }),
      atLeast(15, { what: `${what} the slowest of the ${shown.length} shown`, value: slowest, unit: "frames/s" }),
      atLeast(CROWD, { what: `${what} heard`, value: heard, unit: "people" }),
      atLeast(TILES, { what: `${what} shown at once`, value: shown.length, unit: "pictures" }),
      atLeast(LARGE_WIDTH, { what: `${what} width of the large picture`, value: widest, unit: "pixels" }),
      atLeast(CROWD, { what: `${what} who see its own camera`, value: seen, unit: "people" }),
    ];
  });
}

interface Scene {
  readonly client: Client;
  readonly bots: readonly Bot[];
}

/** A call of one client and bots that build links with it alone, ended after `act`. */
async function inCall<T>(
  { bots: count, plays }: { readonly bots: number; readonly plays: boolean },
  act: (scene: Scene) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vigil-media-"));
  const video = join(folder, "camera.y4m");
  writeMovingPicture(video, camera);
  const bots: Bot[] = [];
  let client: Client | null = null;
  try {
    const present = await Client.start({ name: "Ana", video });
    client = present;
    await present.prepareMeeting();
    await present.enter();
    const invite = await present.inviteLink();
    const recordings = readRecordings();
    for (let index = 0; index < count; index++) {
      const linksWith = (member: MemberId): boolean => !bots.some((bot) => bot.call?.self === member);
      const level = index === 0 ? { level: SPEAKING } : {};
      const bot = await Bot.create({ name: `Bot ${index}`, linksWith, ...level, ...(plays ? { recordings } : {}) });
      bots.push(bot);
      await bot.join(invite);
    }
    await present.until("a link to each", async () => connected(await linkFigures(present)) === count, PATIENCE_MS);
    return await act({ client: present, bots });
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await client?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function connected(links: Awaited<ReturnType<typeof linkFigures>>): number {
  return links.filter(({ state }) => state === "connected").length;
}

function ownId(client: Client, [bot]: readonly Bot[]): MemberId {
  const id = bot?.call?.participants.find(({ name }) => name === client.name)?.id;
  if (id === undefined) throw new Error("nobody lists the client");
  return id;
}

/** Pictures of this member that the bot opened. */
function pictures(bot: Bot, member: MemberId): number {
  const counts = bot.media.counts().find((count) => count.member === member && count.kind === "camera");
  return counts?.opened ?? 0;
}

async function watch({ pid }: Client): Promise<{ readonly share: number; readonly seconds: number }> {
  const { shares, seconds } = await processorShares([pid], WATCH_MS);
  return { share: shares[0] ?? Number.NaN, seconds };
}

const percent = (share: number): string => `${Math.round(100 * share)} % of a core`;
