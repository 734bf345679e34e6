import { BareCall } from "../bare/call.ts";
import { RunningCall } from "../call-of-many.ts";
import { atMost, forComparison, type Measure, ratio } from "../measure.ts";
import { processorShares } from "../processor-share.ts";
import { linkFigures } from "../../support/link-figures.ts";
import { percent, settle } from "./bot-call.ts";

const FOUR = 4;
const WATCH_MS = 20_000;
/** Its four tiles are about as large as the pictures are, and as the bare page draws them. */
const window = { width: 700, height: 540 };
const picture = { width: 320, height: 180, framesPerSecond: 12 };

interface Spent {
  /** Of one core, of each client. */
  readonly shares: readonly number[];
  /** Pictures a second of each link. */
  readonly rates: readonly number[];
}

/** What each client spends over a while, and the pictures that each link brings meanwhile. */
async function watchAll(pids: readonly number[], count: () => Promise<readonly number[]>): Promise<Spent> {
  await settle();
  const before = await count();
  const { shares, seconds } = await processorShares(pids, WATCH_MS);
  const after = await count();
  return { shares, rates: after.map((frames, index) => (frames - (before[index] ?? 0)) / seconds) };
}

async function bareCall(): Promise<Spent> {
  const call = new BareCall();
  try {
    await call.start({ participants: FOUR, waiting: 0, picture });
    const { clients } = call;
    const pids = clients.map(({ pid }) => pid);
    return await watchAll(pids, async () => {
      const links = await Promise.all(clients.map((client) => client.statistics()));
      return links.flat().map(({ videoFrames }) => videoFrames);
    });
  } finally {
    await call.close();
  }
}

async function appCall(say: (words: string) => void): Promise<Spent> {
  const call = new RunningCall({ participants: FOUR, picture, window, say });
  try {
    await call.start();
    const { clients } = call;
    const pids = clients.map(({ pid }) => pid);
    return await watchAll(pids, async () => {
      const links = await Promise.all(clients.map(linkFigures));
      return links.flat().map(({ videoFrames }) => videoFrames);
    });
  } finally {
    await call.close();
  }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A member of a call of four in the app and in a bare simple-peer mesh, one after the other in the same run. */
export const callOfFour: Measure = {
  name: "media-four",
  async run(say) {
    const bare = await bareCall();
    say(`bare mesh: ${percent(mean(bare.shares) ?? 0)}, ${Math.min(...bare.rates).toFixed(1)} pictures/s at the least`);
    const app = await appCall(say);
    say(`app: ${percent(mean(app.shares) ?? 0)}, ${Math.min(...app.rates).toFixed(1)} pictures/s at the least`);
    const what = "a client in a call of 4, all shown at 320x180 and 12 fps:";
    const least = ({ rates }: Spent): number | null => (rates.length === 0 ? null : Math.min(...rates));
    return [
      forComparison({ what: `${what} bare mesh`, value: mean(bare.shares), unit: "cores" }),
      forComparison({ what: `${what} bare mesh, the slowest link`, value: least(bare), unit: "frames/s" }),
      forComparison({ what: `${what} app, all its processes`, value: mean(app.shares), unit: "cores" }),
      forComparison({ what: `${what} app, the slowest link`, value: least(app), unit: "frames/s" }),
      atMost(0.8, {
        what: `${what} app to bare mesh`,
        value: ratio(mean(app.shares), mean(bare.shares)),
        unit: "ratio",
      }),
    ];
  },
};
