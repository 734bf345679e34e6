import { beforeEach, describe, expect, test } from "vitest";
import { SILENCE } from "../../../core/contract/voice-level.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { Levels } from "../../../renderer/rtc/levels.ts";
import { ANN, BEN } from "./frames/keys.ts";

describe("levels", () => {
  let clock: VirtualClock;
  let sent: number[];
  let microphone: number;
  let isLinked: boolean;
  let levels: Levels;

  beforeEach(() => {
    clock = new VirtualClock();
    sent = [];
    microphone = 0;
    isLinked = true;
    const source = (): Promise<unknown> =>
      Promise.resolve(new Map([["S", { type: "media-source", audioLevel: microphone }]]));
    levels = new Levels({
      clock,
      microphone: () => null,
      sender: () => (isLinked ? ({ getStats: source } as RTCRtpSender) : null),
      setOwn: (level) => sent.push(level),
    });
  });

  test("of members are what the worker said last, and nothing once they are forgotten", () => {
    expect(levels.of(ANN)).toBe(0);
    levels.hear([
      [ANN, 0],
      [BEN, SILENCE],
    ]);
    expect(levels.of(ANN)).toBe(1);
    expect(levels.of(BEN)).toBe(0);
    levels.forget(ANN);
    expect(levels.of(ANN)).toBe(0);
  });

  test("of one's own go out when they change, while there is a link", async () => {
    levels.linkUp();
    await clock.run(600);
    expect(sent).toEqual([]);
    microphone = 0.5;
    await clock.run(600);
    expect(sent).toEqual([6]);
    expect(levels.of("self")).toBe(0.5);
    isLinked = false;
    await clock.run(300);
    microphone = 1;
    await clock.run(600);
    expect(sent).toEqual([6]);
    expect(levels.of("self")).toBe(0);
    isLinked = true;
    levels.linkUp();
    await clock.run(300);
    expect(sent).toEqual([6, 0]);
  });
});
