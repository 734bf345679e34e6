import { describe, expect, test } from "vitest";
import { Ticks } from "../../../../renderer/frames/pictures/ticks.ts";

const START_RTP = 0xffff_ff00;

/** What the encoder makes of a tick's time: its own clock, in steps of milliseconds. */
function rtpOf(timestamp: number): number {
  return (START_RTP + 90 * Math.round(timestamp / 1000)) >>> 0;
}

describe("ticks", () => {
  test("that all come out leave none behind, also where the RTP clock begins anew", () => {
    const ticks = new Ticks();
    for (let at = 0; at < 2_000_000; at += 40_000) expect(ticks.out(rtpOf(ticks.next(at)))).toBe(0);
  });

  test("that were left out are counted", () => {
    const ticks = new Ticks();
    ticks.out(rtpOf(ticks.next(0)));
    ticks.next(40_000);
    ticks.next(80_000);
    const third = ticks.next(120_000);
    expect(ticks.out(rtpOf(third))).toBe(2);
    expect(ticks.out(rtpOf(ticks.next(160_000)))).toBe(0);
  });

  test("are told apart though the encoder's clock wavers", () => {
    const ticks = new Ticks();
    ticks.out(rtpOf(ticks.next(0)));
    const [second, third] = [ticks.next(40_000), ticks.next(80_000)];
    expect(ticks.out(rtpOf(second + 9_000))).toBe(0);
    expect(ticks.out(rtpOf(third - 9_000))).toBe(0);
  });

  test("never have the time of another or an earlier one", () => {
    const ticks = new Ticks();
    const given = [
      ticks.next(1_000_000),
      ticks.next(1_000_000),
      ticks.next(500_000),
      ticks.next(null),
      ticks.next(2_000_000),
    ];
    expect(given).toEqual([...given].sort((a, b) => a - b));
    expect(new Set(given).size).toBe(given.length);
    expect(given.at(-1)).toBe(2_000_000);
  });

  test("from before the encoder ran do not count as left out of a running one", () => {
    const ticks = new Ticks();
    ticks.next(0);
    ticks.next(40_000);
    const last = ticks.next(80_000);
    ticks.out(rtpOf(last));
    expect(ticks.out(rtpOf(ticks.next(120_000)))).toBe(0);
  });
});
