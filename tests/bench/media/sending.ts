import { atMost, forComparison, type Measure, ratio, type Row } from "../measure.ts";
import { inBotCall, percent, settle, watch, type BotCallPlan, type Watched } from "./bot-call.ts";

const camera = { width: 1280, height: 720, framesPerSecond: 30 };
const PICTURE = "sending 1280x720, all processes of the sender:";

type Say = (words: string) => void;

/** What a client spends that shows nobody and sends its picture, as large as it is, to so many others. */
async function sendTo(receivers: number, encode: NonNullable<BotCallPlan["encode"]>, say: Say): Promise<Watched> {
  const watched = await inBotCall({ bots: receivers, plays: false, camera, encode }, async (call) => {
    for (const bot of call.bots) bot.media.wish(call.self, { camera: "full", screen: "none" });
    await settle();
    return watch(call);
  });
  say(`${receivers} receivers, encoded ${encode}: ${percent(watched.share)}, ${fewest(watched).toFixed(1)} pictures/s`);
  return watched;
}

/** Pictures a second of whoever got the fewest. */
function fewest({ seen }: Watched): number {
  return seen.length === 0 ? 0 : Math.min(...seen);
}

function rowsOf(name: string, watched: Watched): Row[] {
  return [
    forComparison({ what: `${PICTURE} ${name}`, value: watched.share, unit: "cores" }),
    forComparison({
      what: `${PICTURE} ${name}, who gets the fewest pictures`,
      value: fewest(watched),
      unit: "frames/s",
    }),
  ];
}

/** What more receivers cost a sender whose picture is encoded once. */
export const sending: Measure = {
  name: "media-sending",
  async run(say) {
    const few = await sendTo(1, "once", say);
    const many = await sendTo(8, "once", say);
    return [
      ...rowsOf("1 receiver", few),
      ...rowsOf("8 receivers", many),
      atMost(1.4, { what: `${PICTURE} 8 receivers to 1`, value: ratio(many.share, few.share), unit: "ratio" }),
    ];
  },
};

/** The app against itself with an encoder for each link, as in any other mesh; sealed both times. */
export const againstMesh: Measure = {
  name: "media-mesh",
  async run(say) {
    const each = await sendTo(6, "each", say);
    const once = await sendTo(6, "once", say);
    const perPicture = ratio(once.share / fewest(once), each.share / fewest(each));
    return [
      ...rowsOf("6 receivers, encoded for each", each),
      ...rowsOf("6 receivers, encoded once", once),
      atMost(0.4, { what: `${PICTURE} once to for each`, value: ratio(once.share, each.share), unit: "ratio" }),
      // Encoding for each leaves pictures out where the machine is too slow for all of them.
      atMost(0.4, {
        what: `${PICTURE} once to for each, for each picture that arrives`,
        value: perPicture,
        unit: "ratio",
      }),
    ];
  },
};
