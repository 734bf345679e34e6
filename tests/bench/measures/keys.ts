import { type Change, Crowd } from "../keys/crowd.ts";
import { handshakeTimes } from "../keys/handshake-time.ts";
import { longLogMs } from "../keys/long-log.ts";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { atMost, forComparison, type Measure, type Row } from "../measure.ts";
import { quantile } from "../quantile.ts";

const WEATHER = { delayMs: 50, loss: 0.01 };
const HANDSHAKES = 60;
/** Members, and how many joins and removals are measured with them. */
const SIZES = [
  { members: 2, rounds: 20 },
  { members: 4, rounds: 20 },
  { members: 8, rounds: 20 },
  { members: 16, rounds: 20 },
  { members: 32, rounds: 20 },
  { members: 64, rounds: 3 },
  { members: 128, rounds: 1 },
] as const;
/** Which figures have bounds, by the number of members. */
const JOIN_BOUND_MS = { members: 16, ms: 600 };
const REMOVAL_BOUND_MS = { members: 32, ms: 800 };
const REMOVAL_BOUND_BYTES = 400;

/** Keys and log of meetings of many sizes in simulated time, and what one handshake costs. */
export const keys: Measure = {
  name: "keys",
  async run(say) {
    const times = handshakeTimes(HANDSHAKES);
    const rows = [
      atMost(25, {
        what: "handshake, processor time of both sides together, median",
        value: quantile(times, 0.5),
        unit: "ms",
      }),
    ];
    usePlatformCrypto();
    say("a log of 10,000 entries");
    const what = "a log of 10,000 entries: every signature checked, roster worked out";
    rows.push(atMost(2_000, { what, value: await longLogMs(10_000), unit: "ms" }));
    for (const { members, rounds } of SIZES) {
      say(`${String(members)} members, ${String(rounds)} joins and removals`);
      rows.push(...(await changes(members, rounds)));
    }
    return rows;
  },
};

async function changes(members: number, rounds: number): Promise<Row[]> {
  const crowd = new Crowd(members, WEATHER);
  await crowd.grow(members - 1);
  const joins: Change[] = [];
  const removals: Change[] = [];
  for (let round = 0; round < rounds; round++) {
    joins.push(await crowd.join());
    await crowd.leave();
  }
  for (let round = 0; round < rounds; round++) {
    await crowd.join();
    removals.push(await crowd.remove());
  }
  const remaining = members - 1;
  return [
    ...timeRows(`${String(members)} members: join seen by all, with keys`, joins, boundFor(members, JOIN_BOUND_MS)),
    ...trafficRows(`${String(members)} members: sent by each for one join`, joins),
    ...timeRows(
      `${String(members)} members: removal to the last who seals under a fresh key`,
      removals,
      boundFor(members, REMOVAL_BOUND_MS),
    ),
    ...trafficRows(`${String(members)} members: sent by each for one removal`, removals),
    atMost(REMOVAL_BOUND_BYTES, {
      what: `${String(members)} members: sent for one removal for each of the ${String(remaining)} who remain, the most by anybody`,
      value: Math.max(...removals.flatMap(({ traffic }) => traffic.map(({ bytes }) => bytes / remaining))),
      unit: "bytes",
    }),
  ];
}

function boundFor(members: number, bound: { readonly members: number; readonly ms: number }): number | null {
  return members === bound.members ? bound.ms : null;
}

function timeRows(what: string, changed: readonly Change[], bound: number | null): Row[] {
  const times = changed.map(({ ms }) => ms);
  const last = { what: `${what}, p95 of ${String(times.length)}`, value: quantile(times, 0.95), unit: "ms" };
  return [
    forComparison({ what: `${what}, p50 of ${String(times.length)}`, value: quantile(times, 0.5), unit: "ms" }),
    bound === null ? forComparison(last) : atMost(bound, last),
  ];
}

function trafficRows(what: string, changed: readonly Change[]): Row[] {
  const traffic = changed.flatMap((change) => change.traffic);
  const mean = (of: (one: (typeof traffic)[number]) => number): number | null =>
    traffic.length === 0 ? null : traffic.reduce((sum, one) => sum + of(one), 0) / traffic.length;
  return [
    forComparison({ what: `${what}, mean`, value: mean(({ messages }) => messages), unit: "messages" }),
    forComparison({ what: `${what}, mean`, value: mean(({ bytes }) => bytes), unit: "bytes" }),
  ];
}
