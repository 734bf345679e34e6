import type { Client } from "../../support/client.ts";
import { forComparison, type Measure } from "../measure.ts";
import { pause } from "../pause.ts";
import { quantile } from "../quantile.ts";
import { inBotCall, percent, settle, showGrid, showSpeaker, watch } from "./bot-call.ts";

const OTHERS = 24;
const camera = { width: 320, height: 180, framesPerSecond: 12 };
const TURNS = 6;
/** In ms: long enough for the pictures of a layout to come. */
const IN_A_LAYOUT = 2_000;

/** Milliseconds between frames that the window could draw, while it goes from the grid to one large and back. */
async function turnLayouts(client: Client): Promise<readonly number[]> {
  const intervals = client.page.evaluate(async (duration) => {
    const found: number[] = [];
    let last = performance.now();
    for (const end = last + duration; last < end;) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      found.push(now - last);
      last = now;
    }
    return found;
  }, TURNS * IN_A_LAYOUT);
  for (let turn = 0; turn < TURNS; turn++) {
    await (turn % 2 === 0 ? showSpeaker(client) : showGrid(client));
    await pause(IN_A_LAYOUT);
  }
  return intervals;
}

/** A call of 25 in the grid: all on one page, and how smooth its window is while the layout is changed. */
export const grid: Measure = {
  name: "media-grid",
  async run(say) {
    const plan = { bots: OTHERS, plays: "middle", camera } as const;
    const { watched, intervals } = await inBotCall(plan, async (call) => {
      await settle();
      return { watched: await watch(call), intervals: await turnLayouts(call.client) };
    });
    const rates = watched.shown.map(({ pictures }) => pictures).filter((pictures) => pictures > 0);
    const heard = watched.shown.filter(({ sounds }) => sounds > 0).length;
    say(`${percent(watched.share)}, ${heard} heard, ${rates.length} shown`);
    const what = `the grid in a call of ${OTHERS + 1}:`;
    return [
      forComparison({ what: `${what} all processes of the client`, value: watched.share, unit: "cores" }),
      forComparison({ what: `${what} heard`, value: heard, unit: "people" }),
      forComparison({ what: `${what} others shown at once`, value: rates.length, unit: "pictures" }),
      forComparison({
        what: `${what} the slowest of these`,
        value: rates.length === 0 ? null : Math.min(...rates),
        unit: "frames/s",
      }),
      forComparison({
        what: `${what} between two frames of the window while its layout changes, p50`,
        value: quantile(intervals, 0.5),
        unit: "ms",
      }),
      forComparison({
        what: `${what} between two frames of the window while its layout changes, p95`,
        value: quantile(intervals, 0.95),
        unit: "ms",
      }),
    ];
  },
};
