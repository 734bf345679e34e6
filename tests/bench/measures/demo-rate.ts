import { RunningCall } from "../call-of-many.ts";
import { DEMO_WINDOW, runDemo } from "../demo-run.ts";
import { atLeast, atMost, forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const picture = { width: 320, height: 180, framesPerSecond: 12 };
const plan = { participants: 4, picture, window: DEMO_WINDOW, seconds: 20 };

/** The demo's call of four: the slowest of its twelve links. */
export const demoRate: Measure = {
  name: "demo",
  async run(say) {
    const call = new RunningCall({ ...plan, say });
    try {
      const { runs, faults } = await runDemo(call, { ...plan, say });
      const rates = runs.map(({ framesPerSecond }) => framesPerSecond);
      for (const fault of faults) say(`fault: ${fault}`);
      const what = "demo with 4 participants, 320x180 at 12 fps";
      return [
        atLeast(8, {
          what: `${what}: the slowest of its ${rates.length} links, at least`,
          value: quantile(rates, 0),
          unit: "frames/s",
        }),
        forComparison({ what: `${what}: the median link`, value: quantile(rates, 0.5), unit: "frames/s" }),
        atMost(0, { what: `${what}: faults`, value: faults.length, unit: "count" }),
      ];
    } finally {
      await call.close();
    }
  },
};
