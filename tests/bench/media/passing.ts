import type { Ending } from "../../../core/base/scope.ts";
import type { MemberId } from "../../../core/base/member-id.ts";
import { CAMERA_LAYERS, goodBitrate, type Layer } from "../../../renderer/frames/pictures/layers.ts";
import type { Bot } from "../../support/bots/bot.ts";
import { narrowUplink } from "../../support/narrow-uplink.ts";
import { atLeast, atMost, forComparison, type Measure, type Row } from "../measure.ts";
import { pause } from "../pause.ts";
import { quantile } from "../quantile.ts";
import { inBotCall, type BotCall, type BotCallPlan } from "./bot-call.ts";

const VIEWERS = 8;
const COPIES = 2;
/** So many of the viewers have room. */
const ABLE = 3;
const ROOM = 4_000_000;
const ROUNDS = 4;
const SETTLE_MS = 10_000;
const WATCH_MS = 15_000;
const PATIENCE_MS = 60_000;
const MIDDLE = CAMERA_LAYERS[1] as Layer;
const camera = { width: 640, height: 360, framesPerSecond: 24 };

/** What comes of a sender's picture when its uplink carries it twice and eight want it. */
export const passing: Measure = {
  name: "media-passing",
  async run(say) {
    const plan: BotCallPlan = {
      bots: VIEWERS,
      plays: false,
      camera,
      meshed: true,
      room: (index: number) => (index < ABLE ? ROOM : 0),
    };
    const rows = await inBotCall(plan, async (call) => [...(await rates(call, say)), ...(await losses(call, say))]);
    return [...rows, ...(await byWholeClient(say))];
  },
};

async function narrowed({ client, bots, self }: BotCall, copies: number): Promise<void> {
  for (const bot of bots) bot.media.wish(self, { camera: "middle", screen: "none" });
  await narrowUplink(client, copies * goodBitrate(MIDDLE));
}

/** By whom a bot gets the sender's camera: null for the sender itself. */
function passerOf(bot: Bot, self: MemberId): MemberId | null {
  return bot.media.passing.passed().find(({ origin }) => origin === self)?.by ?? null;
}

function reached(bots: readonly Bot[], self: MemberId): number {
  return bots.filter((bot) => passerOf(bot, self) !== null).length;
}

async function untilPassed(bots: readonly Bot[], self: MemberId, many: number): Promise<void> {
  await bots[0]?.until("that others pass it on", () => reached(bots, self) >= many, PATIENCE_MS);
}

async function rates(call: BotCall, say: (words: string) => void): Promise<Row[]> {
  const { bots, self } = call;
  await narrowed(call, COPIES);
  await untilPassed(bots, self, VIEWERS - COPIES);
  await pause(SETTLE_MS);
  const delays = new Delays(bots, self);
  const before = bots.map((bot) => bot.media.pictures(self));
  const began = performance.now();
  await pause(WATCH_MS);
  const seconds = (performance.now() - began) / 1000;
  const each = bots.map((bot, index) => (bot.media.pictures(self) - (before[index] ?? 0)) / seconds);
  const extra = delays.end();
  say(
    `${reached(bots, self)} of ${VIEWERS} get it by others: ${each.map((rate) => rate.toFixed(1)).join(", ")} pictures a second`,
  );
  const what = `an uplink for ${COPIES} copies of 640x360, ${VIEWERS} receivers:`;
  return [
    atLeast(20, { what: `${what} pictures at the slowest`, value: Math.min(...each), unit: "frames/s" }),
    forComparison({ what: `${what} who get it by others`, value: reached(bots, self), unit: "people" }),
    forComparison({ what: `${what} a hop by a bot takes, p95`, value: quantile(extra, 0.95), unit: "ms" }),
  ];
}

/** How much later each picture is at who gets it by others than at who passes it on. */
class Delays {
  readonly #bots: readonly Bot[];
  readonly #arrived = new Map<Bot, Map<string, number>>();
  readonly #endings: Ending[] = [];
  readonly #self: MemberId;

  constructor(bots: readonly Bot[], self: MemberId) {
    this.#bots = bots;
    this.#self = self;
    for (const bot of bots) {
      const times = new Map<string, number>();
      this.#arrived.set(bot, times);
      const end = bot.media.passing.shown.subscribe(({ of, picture }) => {
        // The end of a sealed picture is its tag, which no two share.
        if (of.origin === self) times.set(Buffer.from(picture.data).subarray(-16).toString("hex"), performance.now());
      });
      this.#endings.push(end);
    }
  }

  end(): readonly number[] {
    for (const end of this.#endings) end();
    return this.#bots.flatMap((bot) => {
      const by = passerOf(bot, this.#self);
      const passer = this.#bots.find(({ call }) => call?.self === by);
      return passer === undefined ? [] : this.later(bot, passer);
    });
  }

  /** By how many ms each picture came later to the one than to the other. */
  later(one: Bot, other: Bot): readonly number[] {
    const theirs = this.#arrived.get(other);
    return [...(this.#arrived.get(one) ?? [])].flatMap(([tag, at]) => {
      const before = theirs?.get(tag);
      return before === undefined ? [] : [at - before];
    });
  }
}

/** One who passes on falls silent, as one does whose machine loses its power, again and again. */
async function losses({ bots, self }: BotCall, say: (words: string) => void): Promise<Row[]> {
  const gaps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await untilPassed(bots, self, VIEWERS - COPIES - 1);
    await pause(2_000);
    const passer = bots.find((bot) => bots.some((other) => passerOf(other, self) === bot.call?.self));
    if (passer === undefined) throw new Error("nobody passes it on");
    const lost = bots.filter((bot) => passerOf(bot, self) === passer.call?.self);
    const back = await silence(passer, lost, self);
    say(
      `${lost.length} lost who passed it on and had it again after ${back.map((ms) => Math.round(ms)).join(", ")} ms`,
    );
    gaps.push(...back);
  }
  const what = "from a passer-on falling silent to the picture by another way:";
  return [
    atMost(1_000, { what: `${what} p95 of ${gaps.length}`, value: quantile(gaps, 0.95), unit: "ms" }),
    forComparison({ what: `${what} median`, value: quantile(gaps, 0.5), unit: "ms" }),
  ];
}

/** Ends when all who lost it have it by somebody else; gives how long each waited, in ms. */
async function silence(passer: Bot, lost: readonly Bot[], self: MemberId): Promise<readonly number[]> {
  const { passOn } = passer.media.passing;
  const back = new Map<Bot, number>();
  passer.media.passing.passOn = () => undefined;
  const began = performance.now();
  const endings = lost.map((bot) =>
    bot.media.passing.shown.subscribe(({ of: { origin } }) => {
      const isOther = origin === self && passerOf(bot, self) !== passer.call?.self;
      if (isOther && !back.has(bot)) back.set(bot, performance.now() - began);
    }),
  );
  await passer.until("the picture by another way", () => back.size === lost.length, PATIENCE_MS);
  for (const end of endings) end();
  passer.media.passing.passOn = passOn;
  return [...back.values()];
}

/** The same picture at somebody who gets it from its sender and at those to whom a whole client passes it on. */
async function byWholeClient(say: (words: string) => void): Promise<Row[]> {
  const plan: BotCallPlan = { bots: 4, plays: false, camera, helper: true };
  return await inBotCall(plan, async (call) => {
    const { bots, self } = call;
    await narrowed(call, 2);
    await untilPassed(bots, self, 3);
    await pause(SETTLE_MS);
    const delays = new Delays(bots, self);
    await pause(WATCH_MS);
    delays.end();
    const directly = bots.find((bot) => passerOf(bot, self) === null);
    const others = bots.filter((bot) => passerOf(bot, self) !== null);
    if (directly === undefined) throw new Error("nobody gets it directly");
    const later = others.flatMap((bot) => delays.later(bot, directly));
    say(`${later.length} pictures came by a whole client to ${others.length}`);
    const what = "a hop by a whole client, against the direct way:";
    return [
      atMost(60, { what: `${what} extra delay, p95`, value: quantile(later, 0.95), unit: "ms" }),
      forComparison({ what: `${what} extra delay, median`, value: quantile(later, 0.5), unit: "ms" }),
    ];
  });
}
