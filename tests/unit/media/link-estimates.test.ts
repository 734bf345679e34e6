import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { LinkEstimates } from "../../../renderer/rtc/link-estimates.ts";
import type { SoundLoss } from "../../../renderer/rtc/sound-repair.ts";
import { ANN, BEN } from "./frames/keys.ts";

/** What WebRTC says of a link whose path carries so much, in bit/s. */
function reportOf(availableOutgoingBitrate: number | undefined): RTCStatsReport {
  const entries: [string, object][] = [
    ["T", { type: "transport", selectedCandidatePairId: "P" }],
    ["P", { type: "candidate-pair", ...(availableOutgoingBitrate === undefined ? {} : { availableOutgoingBitrate }) }],
  ];
  return new Map(entries);
}

describe("the estimates of links", () => {
  let clock: VirtualClock;
  let answers: Map<MemberId, () => Promise<RTCStatsReport>>;
  let heard: [MemberId, number][];
  let lost: SoundLoss[];
  let twice: boolean;
  let estimates: LinkEstimates;

  beforeEach(() => {
    clock = new VirtualClock();
    answers = new Map();
    heard = [];
    lost = [];
    twice = false;
    estimates = new LinkEstimates({
      clock,
      statistics: (member) => answers.get(member)?.() ?? null,
      isSoundTwice: () => twice,
      onSoundLoss: (_, loss) => lost.push(loss),
      onEstimate: (member, bitsPerSecond) => heard.push([member, bitsPerSecond]),
    });
  });

  test("begin when the link has settled, go on, and leave room for sound", async () => {
    answers.set(ANN, () => Promise.resolve(reportOf(500_000)));
    estimates.linkUp(ANN);
    await clock.run(2_500);
    expect(heard).toEqual([]);
    await clock.run(2_500);
    expect(heard.length).toBeGreaterThanOrEqual(2);
    expect(heard[0]?.[0]).toBe(ANN);
    expect(heard[0]?.[1]).toBeGreaterThan(400_000);
    expect(heard[0]?.[1]).toBeLessThan(500_000);
  });

  test("leave room for sound that is sent twice", async () => {
    answers.set(ANN, () => Promise.resolve(reportOf(500_000)));
    estimates.linkUp(ANN);
    await clock.run(3_500);
    twice = true;
    await clock.run(1_000);
    const [once = 0, more = 0] = heard.map(([, bits]) => bits);
    expect(once - more).toBeGreaterThan(30_000);
  });

  test("come with what the other side missed of one's sound, where it says so", async () => {
    const report = reportOf(500_000) as Map<string, object>;
    answers.set(ANN, () => Promise.resolve(report as unknown as RTCStatsReport));
    estimates.linkUp(ANN);
    await clock.run(3_500);
    expect(lost).toEqual([]);
    report.set("V", { type: "remote-inbound-rtp", kind: "video", fractionLost: 0.5, timestamp: 6 });
    report.set("R", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.07, timestamp: 7 });
    await clock.run(1_000);
    expect(lost).toEqual([{ share: 0.07, at: 7 }]);
  });

  test("are never below nothing", async () => {
    answers.set(ANN, () => Promise.resolve(reportOf(10_000)));
    estimates.linkUp(ANN);
    await clock.run(3_500);
    expect(heard[0]).toEqual([ANN, 0]);
  });

  test("of a link without an answer are left out, and asked for again", async () => {
    answers.set(ANN, () => Promise.reject(new DOMException("closed", "InvalidStateError")));
    answers.set(BEN, () => Promise.resolve(reportOf(undefined)));
    estimates.linkUp(ANN);
    estimates.linkUp(BEN);
    await clock.run(5_000);
    expect(heard).toEqual([]);
    answers.set(ANN, () => Promise.resolve(reportOf(500_000)));
    await clock.run(2_000);
    expect(heard.length).toBeGreaterThan(0);
  });

  test("of a link that was closed meanwhile are not told", async () => {
    let answer = (_report: RTCStatsReport): void => undefined;
    answers.set(ANN, () => new Promise((resolve) => (answer = resolve)));
    estimates.linkUp(ANN);
    await clock.run(3_000);
    estimates.forget(ANN);
    answer(reportOf(500_000));
    await clock.run(3_000);
    expect(heard).toEqual([]);
  });
});
