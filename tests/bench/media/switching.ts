import type { PictureSize } from "../../../core/contract/wish.ts";
import type { Bot } from "../../support/bots/bot.ts";
import { atMost, forComparison, type Measure, type Row } from "../measure.ts";
import { pause } from "../pause.ts";
import { quantile } from "../quantile.ts";
import { inBotCall, type BotCall } from "./bot-call.ts";

const TIMES = 12;
/** Between two changes, in ms: longer than any pace at which they are followed. */
const APART_MS = 1_700;
const PATIENCE_MS = 10_000;
const camera = { width: 640, height: 360, framesPerSecond: 24 };

/** How long a viewer looks at nothing who wants somebody's picture that was not shown, while another gets it all the time. */
export const switching: Measure = {
  name: "media-switching",
  run: (say) => inBotCall({ bots: 2, plays: false, camera }, (call) => times(call, say)),
};

async function times({ bots, self }: BotCall, say: (words: string) => void): Promise<Row[]> {
  const [viewer, other] = bots;
  if (viewer === undefined || other === undefined) throw new Error("nobody looks");
  const wish = (bot: Bot, size: PictureSize): void => bot.media.wish(self, { camera: size, screen: "none" });
  wish(other, "middle");
  const waited: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    wish(viewer, "none");
    await pause(APART_MS);
    const before = viewer.media.pictures(self);
    const began = performance.now();
    // Half of the times the size that the other gets, half of the times one that nobody gets yet.
    wish(viewer, time % 2 === 0 ? "middle" : "small");
    waited.push(await firstAfter(viewer, () => viewer.media.pictures(self) > before, began));
  }
  say(`a picture came after ${waited.map((ms) => Math.round(ms)).join(", ")} ms`);
  const what = "from wanting somebody's picture to the first of it:";
  return [
    atMost(300, { what: `${what} p95 of ${TIMES}`, value: quantile(waited, 0.95), unit: "ms" }),
    forComparison({ what: `${what} median`, value: quantile(waited, 0.5), unit: "ms" }),
  ];
}

/** How long after `began` the next picture that comes fulfils the condition, in ms. */
function firstAfter(bot: Bot, condition: () => boolean, began: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("no picture came")), PATIENCE_MS);
    const end = bot.media.passing.shown.subscribe(() => {
      if (!condition()) return;
      clearTimeout(limit);
      end();
      resolve(performance.now() - began);
    });
  });
}
