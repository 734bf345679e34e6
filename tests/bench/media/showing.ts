import { atMost, forComparison, type Measure, ratio, type Row } from "../measure.ts";
import { inBotCall, percent, settle, showSpeaker, watch, type Watched } from "./bot-call.ts";

const OTHERS = 9;
const camera = { width: 320, height: 180, framesPerSecond: 12 };
type Say = (words: string) => void;

/** One large and eight small tiles, in the same window with either. */
async function show(plays: "full" | "always-full", say: Say): Promise<Watched> {
  const watched = await inBotCall({ bots: OTHERS, plays, camera }, async (call) => {
    await showSpeaker(call.client);
    await settle();
    return watch(call);
  });
  const widths = watched.shown.map(({ width, pictures }) => `${width} at ${pictures.toFixed(0)}/s`);
  say(`${percent(watched.share)}, shown: ${widths.join(", ")}`);
  return watched;
}

function rowsOf(name: string, { share, shown }: Watched): Row[] {
  const large = shown.filter(({ width, pictures }) => width >= 1280 && pictures > 0).length;
  const what = `showing ${name} in one large and eight small tiles, all processes of the viewer`;
  return [
    forComparison({ what, value: share, unit: "cores" }),
    forComparison({ what: `${what}: pictures of 1280x720 among ${shown.length}`, value: large, unit: "pictures" }),
  ];
}

/** What is saved by getting small pictures for small tiles. */
export const showing: Measure = {
  name: "media-showing",
  async run(say) {
    const full = await show("always-full", say);
    const mixed = await show("full", say);
    return [
      ...rowsOf("9 full", full),
      ...rowsOf("1 full and 8 small", mixed),
      atMost(0.5, {
        what: "showing 1 full and 8 small to showing 9 full, in the same tiles",
        value: ratio(mixed.share, full.share),
        unit: "ratio",
      }),
    ];
  },
};
