import { BareCall } from "../bare/call.ts";
import { RunningCall } from "../call-of-many.ts";
import { atMost, forComparison, ratio, type Measure } from "../measure.ts";
import { pause } from "../pause.ts";
import { processorShares } from "../processor-share.ts";
import { quantile } from "../quantile.ts";

const ROUNDS = 2;
const SETTLE_MS = 6_000;
const WATCH_MS = 12_000;
const picture = { width: 640, height: 360, framesPerSecond: 24 };

/**
 * Processor time of a member in a call of two, app and bare mesh in turn.
 * Summed are the user and system time of every process of one client: for the app its command, window launcher, host
 * and all of its Chromium; for the bare mesh all of its Chromium (its server's time is not counted).
 */
export const cpu: Measure = {
  name: "cpu",
  async run(say) {
    const shares: { bare: number[]; app: number[] } = { bare: [], app: [] };
    for (let round = 0; round < ROUNDS; round++) {
      shares.bare.push(...(await bareShares()));
      say(`bare: ${percent(shares.bare)}`);
      shares.app.push(...(await appShares(say)));
      say(`app: ${percent(shares.app)}`);
    }
    const medians = { bare: mean(shares.bare), app: mean(shares.app) };
    const what = "processor time of a member, 2 clients, 640x360 at 24 fps";
    return [
      forComparison({ what: `${what}: bare simple-peer mesh`, value: medians.bare, unit: "cores" }),
      forComparison({ what: `${what}: app, all its processes`, value: medians.app, unit: "cores" }),
      atMost(1.25, { what: `${what}: app to bare mesh`, value: ratio(medians.app, medians.bare), unit: "ratio" }),
    ];
  },
};

async function appShares(say: (words: string) => void): Promise<readonly number[]> {
  const call = new RunningCall({ participants: 2, picture, say });
  try {
    await call.start();
    return await sharesOf(call.clients.map(({ pid }) => pid));
  } finally {
    await call.close();
  }
}

async function bareShares(): Promise<readonly number[]> {
  const call = new BareCall();
  try {
    await call.start({ participants: 2, waiting: 0, picture });
    return await sharesOf(call.clients.map(({ pid }) => pid));
  } finally {
    await call.close();
  }
}

/** The share of one core that each process tree uses, once the call has settled. */
async function sharesOf(roots: readonly number[]): Promise<readonly number[]> {
  await pause(SETTLE_MS);
  return (await processorShares(roots, WATCH_MS)).shares;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(values: readonly number[]): string {
  return `${Math.round(100 * (quantile(values.slice(-2), 1) ?? 0))} % of a core`;
}
