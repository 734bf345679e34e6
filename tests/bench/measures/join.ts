import { RunningCall } from "../call-of-many.ts";
import { joinAgainAndAgain } from "../join-again.ts";
import { atMost, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const JOINS = 12;
const picture = { width: 640, height: 360, framesPerSecond: 24 };

/** `Enter meeting` to the first decoded picture and sound of the other, two clients. */
export const join: Measure = {
  name: "join",
  async run(say) {
    const call = new RunningCall({ participants: 2, picture, say });
    try {
      await call.start({ waiting: 1 });
      const times = await joinAgainAndAgain(call, { joins: JOINS, say });
      const what = "Enter meeting to first picture and sound, 2 clients, 640x360 at 24 fps";
      return [
        atMost(700, { what: `${what}, p50 of ${JOINS}`, value: quantile(times, 0.5), unit: "ms" }),
        atMost(1500, { what: `${what}, p95 of ${JOINS}`, value: quantile(times, 0.95), unit: "ms" }),
      ];
    } finally {
      await call.close();
    }
  },
};
