import { BareCall } from "../bare/call.ts";
import { RunningCall } from "../call-of-many.ts";
import { joinAgainAndAgain } from "../join-again.ts";
import { atMost, forComparison, ratio, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const JOINS = 6;
const picture = { width: 320, height: 180, framesPerSecond: 12 };
const OTHERS = 3;

/** Joining a call of three: the app, and the bare mesh before and after it, so that a slower hour of the machine slows both. */
export const joinThree: Measure = {
  name: "join-3",
  async run(say) {
    const bare = await bareJoins(say);
    const app = await appJoins(say);
    bare.push(...(await bareJoins(say)));
    const medians = { app: quantile(app, 0.5), bare: quantile(bare, 0.5) };
    const what = `joining ${OTHERS} others, 320x180 at 12 fps`;
    return [
      forComparison({
        what: `${what}: bare simple-peer mesh, median of ${bare.length}`,
        value: medians.bare,
        unit: "ms",
      }),
      forComparison({ what: `${what}: app, median of ${app.length}`, value: medians.app, unit: "ms" }),
      atMost(1.5, { what: `${what}: app to bare mesh`, value: ratio(medians.app, medians.bare), unit: "ratio" }),
    ];
  },
};

async function appJoins(say: (words: string) => void): Promise<number[]> {
  const call = new RunningCall({ participants: OTHERS + 1, picture, say });
  try {
    await call.start({ waiting: 1 });
    return await joinAgainAndAgain(call, { joins: JOINS, say });
  } finally {
    await call.close();
  }
}

async function bareJoins(say: (words: string) => void): Promise<number[]> {
  const call = new BareCall();
  try {
    await call.start({ participants: OTHERS + 1, waiting: 1, picture });
    const last = call.clients.at(-1);
    const times: number[] = [];
    for (let round = 0; last !== undefined && round < JOINS / 2; round++) {
      if (round > 0) await last.again();
      times.push(await last.enter(OTHERS));
      say(`bare join: ${Math.round(times.at(-1) ?? 0)} ms`);
    }
    return times;
  } finally {
    await call.close();
  }
}
