import { describe, expect, test } from "vitest";
import { ReplayWindow, REPLAY_WINDOW } from "../../../core/sframe/replay-window.ts";

describe("replay window", () => {
  test("takes each counter once, in any order inside the window", () => {
    const window = new ReplayWindow();
    for (const counter of [5, 0, 3, 100, 99, 1, REPLAY_WINDOW]) expect(window.accept(counter)).toBe(true);
    for (const counter of [5, 3, 100, 99, 1, REPLAY_WINDOW]) expect(window.accept(counter)).toBe(false);
  });

  test("refuses what is older than the window, seen or not", () => {
    const window = new ReplayWindow();
    window.accept(REPLAY_WINDOW + 10);
    expect(window.isFresh(10)).toBe(false);
    expect(window.isFresh(11)).toBe(true);
  });

  test("a jump past the whole window forgets the old places, not the new one", () => {
    const window = new ReplayWindow();
    for (let counter = 0; counter < 64; counter++) window.accept(counter);
    window.accept(REPLAY_WINDOW * 3 + 7);
    expect(window.isFresh(REPLAY_WINDOW * 3 + 6)).toBe(true);
    expect(window.isFresh(REPLAY_WINDOW * 3 + 7)).toBe(false);
  });

  test("agrees with a plain set over a long shuffled run", () => {
    const window = new ReplayWindow();
    const seen = new Set<number>();
    let highest = -1;
    let state = 7;
    const wrong: number[] = [];
    for (let round = 0; round < 50_000; round++) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const counter = Math.max(0, Math.floor(round / 3) - 600 + (state % 1200) + (state % 997 === 0 ? 9000 : 0));
      const expected = counter > highest || (counter > highest - REPLAY_WINDOW && !seen.has(counter));
      if (window.accept(counter) !== expected) wrong.push(counter);
      seen.add(counter);
      highest = Math.max(highest, counter);
    }
    expect(wrong).toEqual([]);
  });
});
