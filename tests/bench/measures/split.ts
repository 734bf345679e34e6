import { makeCutOffNetwork } from "../../support/namespaces.ts";
import { HostCrowd } from "../keys/host-crowd.ts";
import { atMost, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const HOSTS = 4;
const ROUNDS = 5;
const APART_MS = 60_000;
const BOUND_MS = 5_000;

/** A group of host processes on two networks whose cable is pulled for a minute (needs Linux, root and iproute2). */
export const split: Measure = {
  name: "split",
  async run(say) {
    const network = makeCutOffNetwork();
    if (network === null) throw new Error("network namespaces may not be made here");
    const crowd = new HostCrowd();
    const times: number[] = [];
    try {
      await crowd.gather(HOSTS, network.names);
      for (let round = 0; round < ROUNDS; round++) {
        await crowd.together();
        network.join(false);
        const pulled = performance.now();
        await crowd.apart();
        await crowd.reloadBoth();
        await new Promise((resolve) => setTimeout(resolve, pulled + APART_MS - performance.now()));
        network.join(true);
        const began = performance.now();
        await crowd.together();
        times.push(performance.now() - began);
        say(`${HOSTS} hosts, one again after split ${round + 1}: ${Math.round(times.at(-1) ?? 0)} ms`);
      }
    } finally {
      await crowd.close();
      network.remove();
    }
    const what = `${HOSTS} host processes, halves cut off for 60 s: to one roster and everybody's keys, p95 of ${times.length}`;
    return [atMost(BOUND_MS, { what, value: quantile(times, 0.95), unit: "ms" })];
  },
};
