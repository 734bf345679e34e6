import { atLeast, atMost, type Measure } from "../measure.ts";
import { inBotCall, percent, settle, showSpeaker, watch } from "./bot-call.ts";

const CROWD = 15;
/** One large and eight small. */
const TILES = 9;
const LARGE_WIDTH = 640;
const camera = { width: 640, height: 360, framesPerSecond: 24 };

/** What it costs one whole client to be in a call of sixteen, one of them large and eight small on its screen. */
export const amongMany: Measure = {
  name: "media-many",
  async run(say) {
    const { share, shown, seen } = await inBotCall({ bots: CROWD, plays: "middle", camera }, async (call) => {
      await showSpeaker(call.client);
      await settle();
      return watch(call);
    });
    const moving = shown.filter(({ pictures }) => pictures > 0);
    const heard = shown.filter(({ sounds }) => sounds > 0).length;
    const seenBy = seen.filter((pictures) => pictures > 0).length;
    // Nobody shown is no rate at all, and no rate is above the bound.
    const slowest = moving.length === 0 ? 0 : Math.min(...moving.map(({ pictures }) => pictures));
    const widest = Math.max(0, ...moving.map(({ width }) => width));
    say(moving.map(({ width, pictures }) => `${width} at ${pictures.toFixed(1)}/s`).join(", "));
    say(`${percent(share)}, ${heard} heard, ${moving.length} shown up to ${widest} wide, ${seenBy} see this one`);
    const what = `a client in a call with ${CROWD} others, one large and the rest small:`;
    return [
      atMost(1.2, { what: `${what} all its processes`, value: share, unit: "cores" }),
      atLeast(15, { what: `${what} the slowest of the ${moving.length} shown`, value: slowest, unit: "frames/s" }),
      atLeast(CROWD, { what: `${what} heard`, value: heard, unit: "people" }),
      atLeast(TILES, { what: `${what} shown at once`, value: moving.length, unit: "pictures" }),
      atLeast(LARGE_WIDTH, { what: `${what} width of the large picture`, value: widest, unit: "pixels" }),
      atLeast(CROWD, { what: `${what} who see its own camera`, value: seenBy, unit: "people" }),
    ];
  },
};
