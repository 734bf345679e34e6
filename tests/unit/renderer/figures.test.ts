import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallStatistics, LinkStatistics } from "../../../renderer/rtc/call-media.ts";
import { callFigures } from "../../../renderer/features/statistics/figures.ts";
import { sampleCounts, sampleLink } from "../../support/sample-statistics.ts";
import { sampleMember } from "../../support/scenes.ts";

const BEN = sampleMember(1);
const CHI = sampleMember(2);

/** Two counts of one link, two seconds apart. */
function between(then: Partial<LinkStatistics>, now: Partial<LinkStatistics>) {
  const before = { ...sampleCounts([BEN], 8_000), links: [sampleLink(BEN, then)] };
  const [link] = callFigures(before, { ...sampleCounts([BEN]), links: [sampleLink(BEN, now)] }).links;
  if (link === undefined) throw new Error("no figures of the link");
  return link;
}

describe("figures of a link", () => {
  it("are what was counted in between, by the second", () => {
    const link = between(
      { bytesReceived: 100_000, bytesSent: 50_000, soundSamples: 0, concealedSamples: 0 },
      { bytesReceived: 220_000, bytesSent: 55_000, soundSamples: 96_000, concealedSamples: 1_920 },
    );
    expect(link.rate).toEqual({ comes: 480, goes: 20 });
    expect(link.concealed).toBe(2);
    expect(link).toMatchObject({ route: "local", roundTripMs: 3.4, heldBack: false });
    expect(link.comes).toEqual({ camera: { width: 640, height: 360, perSecond: 24 }, screen: null });
    expect(link.goes.camera).toEqual({ width: 640, height: 360, perSecond: 24 });
  });

  it("count a lost packet among all that should have come, and one lost there among all that were sent", () => {
    const link = between(
      { packetsReceived: 0, packetsLost: 0, packetsSent: 0, packetsLostThere: 0 },
      { packetsReceived: 95, packetsLost: 5, packetsSent: 100, packetsLostThere: 10 },
    );
    expect(link.lost).toEqual({ comes: 5, goes: 10 });
  });

  it("are not known before there are two counts, nor of a link that began anew in between", () => {
    const [first] = callFigures(undefined, sampleCounts([BEN])).links;
    expect(first).toMatchObject({ rate: { comes: null, goes: null }, lost: { comes: null, goes: null } });
    expect(first?.concealed).toBeNull();
    expect(between({ bytesReceived: 9_000_000, packetsReceived: 10_000 }, {})).toMatchObject({
      rate: { comes: null },
      lost: { comes: null },
    });
  });

  it("take packets that came after all for none lost", () => {
    expect(between({ packetsReceived: 100, packetsLost: 9 }, { packetsReceived: 190, packetsLost: 2 }).lost.comes).toBe(
      0,
    );
  });

  it("leave out what cannot be", () => {
    const hostile = between(
      {},
      {
        roundTripMs: Number.POSITIVE_INFINITY,
        bytesReceived: Number.NaN,
        packetsLostThere: -4,
        videoWidth: -640,
        screenWidth: Number.NaN,
        videoFramesPerSecond: Number.NaN,
        concealedSamples: Number.NaN,
      },
    );
    expect(hostile.roundTripMs).toBeNull();
    expect(hostile.rate.comes).toBeNull();
    expect(hostile.lost.goes).toBeNull();
    expect(hostile.comes).toEqual({ camera: null, screen: null });
    expect(hostile.concealed).toBeNull();
    expect(between({}, { roundTripMs: 3_600_000 }).roundTripMs).toBeNull();
  });

  it("are finite, and shares at most a hundred, whatever was counted", () => {
    const count = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, -1, 2 ** 60));
    const counts = fc.record(
      Object.fromEntries(
        Object.entries(sampleLink(BEN))
          .filter(([, value]) => typeof value === "number")
          .map(([name]) => [name, count]),
      ),
    );
    fc.assert(
      fc.property(counts, counts, count, (then, now, atMs) => {
        const before = { ...sampleCounts([BEN], atMs), links: [sampleLink(BEN, then)] };
        const figures = callFigures(before, { ...sampleCounts([BEN]), links: [sampleLink(BEN, now)] });
        for (const { lost, rate, concealed, roundTripMs } of figures.links) {
          for (const value of [rate.comes, rate.goes, roundTripMs]) {
            expect(value ?? 0).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(value ?? 0)).toBe(true);
          }
          for (const value of [lost.comes, lost.goes, concealed]) {
            expect(value ?? 0).toBeGreaterThanOrEqual(0);
            expect(value ?? 0).toBeLessThanOrEqual(100);
          }
        }
        for (const value of Object.values(figures.dropped)) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("what limits the picture", () => {
  const limits = (sending: Partial<CallStatistics["sending"]>) => {
    const now = sampleCounts([BEN, CHI]);
    return callFigures(undefined, { ...now, sending: { ...now.sending, ...sending } }).limits;
  };
  const layer = { kind: "camera", width: 640, height: 360, framesPerSecond: 24 } as const;

  it("is nothing while everybody gets what they show", () => {
    expect(limits({})).toEqual([]);
  });

  it("is the processor where fewer pictures are made", () => {
    expect(limits({ mostFramesPerSecond: 12 })).toEqual([{ by: "processor" }]);
    expect(limits({ sent: [{ member: BEN, layer, heldBack: "processor" }] })).toEqual([{ by: "processor" }]);
  });

  it("is the processor where others' pictures come faster than they are drawn", () => {
    const before = { ...sampleCounts([BEN], 8_000), links: [sampleLink(BEN, { videoFrames: 240 })] };
    const late = (frames: number) => ({
      ...sampleCounts([BEN]),
      links: [sampleLink(BEN, { videoFrames: 270, videoFramesTooLate: frames })],
    });
    expect(callFigures(before, late(20)).limits).toEqual([{ by: "processor" }]);
    expect(callFigures(before, late(3)).limits).toEqual([]);
  });

  it("is each link that cannot carry what is shown, once", () => {
    const sent = (member: typeof BEN) => ({ member, layer, heldBack: "link" }) as const;
    expect(limits({ sent: [sent(BEN), sent(BEN), sent(CHI)] })).toEqual([
      { by: "link", member: BEN },
      { by: "link", member: CHI },
    ]);
  });

  it("is the camera where somebody shows its picture larger than it is", () => {
    const sent = [{ member: BEN, layer, heldBack: "source" }] as const;
    expect(limits({ sent })).toEqual([{ by: "camera", width: 640, height: 360 }]);
  });
});

it("tells dropped frames apart: forged, without a key, and the rest too late", () => {
  const links = [
    sampleLink(BEN, { framesDropped: 10, framesForged: 2, framesKeyless: 3 }),
    sampleLink(CHI, { framesDropped: 4, framesForged: 4, framesKeyless: 0 }),
  ];
  expect(callFigures(undefined, { ...sampleCounts([]), links }).dropped).toEqual({ forged: 6, keyless: 3, late: 5 });
});
