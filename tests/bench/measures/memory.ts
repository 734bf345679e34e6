import { residentBytes } from "../../support/process-tree.ts";
import { RunningCall } from "../call-of-many.ts";
import { atMost, type Measure } from "../measure.ts";

const IDLE_MS = 15_000;
const picture = { width: 320, height: 180, framesPerSecond: 12 };

/** Resident memory of the host processes of a meeting of four in which nobody does anything. */
export const memory: Measure = {
  name: "memory",
  async run(say) {
    const call = new RunningCall({ participants: 4, picture, say });
    try {
      await call.start();
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      const sizes = call.clients.map(({ hostPid }) => (residentBytes(hostPid) ?? Number.NaN) / 1024 / 1024);
      say(`host processes: ${sizes.map((size) => size.toFixed(0)).join(", ")} MiB`);
      const largest = Math.max(...sizes);
      const value = Number.isNaN(largest) ? null : largest;
      return [
        atMost(150, {
          what: "host process, idle in a meeting of 4, the largest of the 4, resident",
          value,
          unit: "MiB",
        }),
      ];
    } finally {
      await call.close();
    }
  },
};
