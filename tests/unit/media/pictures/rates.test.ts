import { describe, expect, test } from "vitest";
import { FrameRate } from "../../../../renderer/frames/pictures/frame-rate.ts";
import { KEY_FRAME_PACE_MS, KeyFramePace } from "../../../../renderer/frames/pictures/key-frame-pace.ts";
import { RateGovernor } from "../../../../renderer/frames/pictures/rate-governor.ts";

describe("the frame rate", () => {
  function passing(source: number, rate: number, seconds = 10, jitterMs = 0): number {
    const frames = new FrameRate();
    let passed = 0;
    for (let index = 0; index < source * seconds; index++) {
      const timestamp = (index * 1e6) / source + (index % 3) * jitterMs * 1000;
      if (frames.admits(timestamp, rate)) passed++;
    }
    return passed / seconds;
  }

  test.each([
    [30, 30, 30],
    [24, 30, 24],
    [12, 15, 12],
    [30, 15, 15],
    [12, 9, 9],
    [30, 10, 10],
  ])("of a source of %i at a limit of %i is %i", (source, rate, expected) => {
    expect(Math.abs(passing(source, rate) - expected)).toBeLessThanOrEqual(0.6);
    expect(Math.abs(passing(source, rate, 10, 4) - expected)).toBeLessThanOrEqual(1);
  });

  test("is measured", () => {
    const frames = new FrameRate();
    expect(frames.measured(30)).toBe(30);
    for (let index = 0; index < 60; index++) frames.admits(index * 83_333, 30);
    expect(frames.measured(30)).toBeCloseTo(12, 0);
  });
});

describe("key frames", () => {
  test("are made once a second, however often they are asked for", () => {
    let now = 0;
    const pace = new KeyFramePace(() => now);
    let made = 0;
    for (now = 0; now < 10_000; now++) {
      pace.want("soon");
      if (pace.take()) made++;
    }
    expect(made).toBe(10_000 / KEY_FRAME_PACE_MS);
  });

  test("come sooner for a link that begins", () => {
    let now = 0;
    const pace = new KeyFramePace(() => now);
    pace.want("soon");
    expect(pace.take()).toBe(true);
    now = 300;
    pace.want("soon");
    expect(pace.dueInMs()).toBe(700);
    pace.want("at once");
    expect(pace.take()).toBe(true);
    expect(pace.dueInMs()).toBeNull();
  });
});

describe("the governor", () => {
  function machine(rate: number) {
    let now = 0;
    const governor = new RateGovernor(() => now);
    return {
      governor,
      /** So many seconds in which each picture takes `ms`. */
      run(seconds: number, ms: number): number {
        for (let passed = 0; passed < seconds; passed += 1 / rate) {
          now += 1000 / rate;
          governor.took(ms, Math.min(rate, governor.limit));
        }
        return governor.limit;
      },
    };
  }

  test("leaves a fast machine alone", () => {
    expect(machine(30).run(60, 6)).toBe(Number.POSITIVE_INFINITY);
  });

  test("takes a slow machine down step by step, and not below a picture that moves", () => {
    const slow = machine(30);
    expect(slow.run(1, 60)).toBe(22.5);
    expect(slow.run(60, 500)).toBe(5);
  });

  test("stops where the machine keeps up", () => {
    const limit = machine(30).run(60, 45);
    expect(limit).toBeGreaterThan(5);
    expect(limit).toBeLessThan(18);
  });

  test("is back within half a minute of a hiccup", () => {
    const { run } = machine(30);
    run(60, 500);
    expect(run(2, 5)).toBe(5);
    expect(run(2, 5)).toBeGreaterThan(5);
    expect(run(26, 5)).toBe(Number.POSITIVE_INFINITY);
  });

  test("does not give up pictures for good that take half of the time there is", () => {
    const { run } = machine(30);
    run(10, 100);
    expect(run(30, 18)).toBe(Number.POSITIVE_INFINITY);
  });

  test("tries ever more rarely what was too much", () => {
    const { governor, run } = machine(30);
    let ups = 0;
    for (let second = 0; second < 240; second++) {
      const before = governor.limit;
      // Each picture more makes all of them wait.
      run(1, before > 12 ? 100 : 20);
      if (governor.limit > before) ups++;
    }
    expect(ups).toBeLessThan(20);
    expect(ups).toBeGreaterThan(4);
  });
});
