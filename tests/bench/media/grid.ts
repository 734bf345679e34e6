import type { Client } from "../../support/client.ts";
import { forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";
import { inBotCall, percent, settle, watch } from "./bot-call.ts";

const OTHERS = 24;
const camera = { width: 320, height: 180, framesPerSecond: 12 };
const PAGES_TURNED = 5;
/** In ms: long enough for the pictures of a page to come. */
const ON_A_PAGE = 2_000;

/** Milliseconds between frames that the window could draw, while its pages are turned back and forth. */
async function turnPages(client: Client): Promise<readonly number[]> {
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
  }, PAGES_TURNED * ON_A_PAGE);
  for (let turned = 0; turned < PAGES_TURNED; turned++) {
    const name = turned % 2 === 0 ? "Next page" : "Previous page";
    if (await client.button(name).isVisible()) await client.button(name).click();
    await client.page.waitForTimeout(ON_A_PAGE);
  }
  return intervals;
}

/** A call of 25 in the grid: how smooth its window is while it shows as many as fit and its pages are turned. */
export const grid: Measure = {
  name: "media-grid",
  async run(say) {
    const plan = { bots: OTHERS, plays: "middle", camera } as const;
    const { watched, intervals } = await inBotCall(plan, async (call) => {
      await settle();
      return { watched: await watch(call), intervals: await turnPages(call.client) };
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
        what: `${what} between two frames of the window, p50`,
        value: quantile(intervals, 0.5),
        unit: "ms",
      }),
      forComparison({
        what: `${what} between two frames of the window, p95`,
        value: quantile(intervals, 0.95),
        unit: "ms",
      }),
    ];
  },
};
