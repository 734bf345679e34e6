import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";

describe("a virtual clock", () => {
  test("stands still until it is told to go on", () => {
    const clock = new VirtualClock({ startsAt: 1000 });
    const rung: number[] = [];
    clock.after(10, () => rung.push(clock.elapsed()));
    expect([clock.now(), clock.elapsed(), rung.length]).toEqual([1000, 0, 0]);
    clock.advance(9);
    expect(rung).toEqual([]);
    clock.advance(1);
    expect(rung).toEqual([10]);
    expect(clock.now()).toBe(1010);
  });

  test("rings in order of time, and of asking where the time is the same", () => {
    const clock = new VirtualClock();
    const rung: string[] = [];
    clock.after(20, () => rung.push("late"));
    clock.after(10, () => rung.push("first"));
    clock.after(10, () => rung.push("second"));
    clock.advance(100);
    expect(rung).toEqual(["first", "second", "late"]);
  });

  test("rings what a callback starts, at its own moment, and never earlier than now", () => {
    const clock = new VirtualClock();
    const rung: number[] = [];
    clock.after(10, () => {
      clock.after(5, () => rung.push(clock.elapsed()));
      clock.after(-5, () => rung.push(clock.elapsed()));
    });
    clock.advance(12);
    expect(rung).toEqual([10]);
    clock.advance(10);
    expect(rung).toEqual([10, 15]);
    expect(clock.elapsed()).toBe(22);
  });

  test("does not ring what was cancelled", () => {
    const clock = new VirtualClock();
    const rung: string[] = [];
    const cancel = clock.after(10, () => rung.push("cancelled"));
    cancel();
    cancel();
    expect(clock.waiting).toBe(0);
    clock.advance(20);
    expect(rung).toEqual([]);
  });

  test("rings thousands in order, whatever the order they came in and whatever was cancelled", () => {
    const clock = new VirtualClock();
    const rung: number[] = [];
    const delays = Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 1_000);
    const cancels = delays.map((delay) => clock.after(delay, () => rung.push(delay)));
    for (let index = 0; index < cancels.length; index += 3) cancels[index]?.();
    const kept = delays.filter((_, index) => index % 3 !== 0);
    expect(clock.waiting).toBe(kept.length);
    clock.advance(1_000);
    expect(rung).toEqual([...kept].sort((left, right) => left - right));
    expect(clock.waiting).toBe(0);
  });

  test("goes from one moment to the next, and says when there is none", () => {
    const clock = new VirtualClock();
    clock.after(30, () => undefined);
    expect([clock.advanceToNext(), clock.elapsed(), clock.advanceToNext()]).toEqual([true, 30, false]);
  });

  test("goes on until a condition holds, letting promises settle, and stops at the limit", async () => {
    const clock = new VirtualClock();
    let done = false;
    clock.after(10, () => {
      void Promise.resolve().then(() => clock.after(10, () => (done = true)));
    });
    expect(await clock.until(() => done, 1000)).toBe(true);
    expect(clock.elapsed()).toBe(20);
    expect(await clock.until(() => false, 50)).toBe(false);
    expect(clock.elapsed()).toBe(70);
    await clock.run(30);
    expect(clock.elapsed()).toBe(100);
  });
});
