import { Client } from "../../support/client.ts";
import { atMost, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const STARTS = 5;

/** `npm start` to its ready line, with everything installed, built and in the file cache. */
export const start: Measure = {
  name: "start",
  async run(say) {
    const times: number[] = [];
    for (let round = 0; round <= STARTS; round++) {
      const client = await Client.start({ name: "Ana", viaNpm: true });
      await client.stop();
      // The first start warms the file cache and is not counted.
      if (round > 0) times.push(client.startMs);
      say(`start ${round}: ${Math.round(client.startMs)} ms`);
    }
    return [
      atMost(3000, {
        what: `npm start to a usable window, warm, median of ${STARTS}`,
        value: quantile(times, 0.5),
        unit: "ms",
      }),
    ];
  },
};
