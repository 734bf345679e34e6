import { beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { SoundRepair } from "../../../renderer/rtc/sound-repair.ts";
import { ANN, BEN } from "./frames/keys.ts";

let clock: VirtualClock;
let told: string[];
let repair: SoundRepair;

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  repair = new SoundRepair(clock, (member, twice) =>
    told.push(`${member === ANN ? "Ann" : "Ben"} ${twice ? "twice" : "once"}`),
  );
});

/** Ann says so in each of so many words: one every five seconds, which is heard again in each second. */
function hear(words: number, share: number): void {
  for (let word = 0; word < words; word++) {
    const at = clock.elapsed();
    for (let second = 0; second < 5; second++) {
      repair.hear(ANN, { share, at });
      clock.advance(1_000);
    }
  }
}

test("sound is sent once while nothing is lost, and a packet lost now and then changes nothing", () => {
  hear(6, 0);
  hear(1, 0.03);
  hear(6, 0);
  hear(10, 0.01);
  expect(told).toEqual([]);
});

test("one word counts once, however often it is heard", () => {
  for (let time = 0; time < 20; time++) repair.hear(ANN, { share: 0.03, at: 1 });
  expect(told).toEqual([]);
  repair.hear(ANN, { share: 0.03, at: 2 });
  expect(told).toEqual(["Ann twice"]);
});

test("sound is sent twice to whom it does not arrive, and to nobody else", () => {
  repair.hear(BEN, { share: 0, at: 0 });
  hear(1, 0.05);
  expect(told).toEqual(["Ann twice"]);
  expect([ANN, BEN].map((member) => repair.isTwice(member))).toEqual([true, false]);
});

test("sound is sent once again when nothing was lost for half a minute, and not before", () => {
  hear(2, 0.05);
  // What was lost before is forgotten with the third of these.
  hear(8, 0);
  expect(told).toEqual(["Ann twice"]);
  hear(1, 0);
  expect(told).toEqual(["Ann twice", "Ann once"]);
  expect(repair.isTwice(ANN)).toBe(false);
});

test("loss that comes and goes switches it on once", () => {
  for (let round = 0; round < 20; round++) {
    hear(1, 0.05);
    hear(3, 0);
  }
  expect(told).toEqual(["Ann twice"]);
});

test("what is no share is not heard", () => {
  for (const share of [Number.NaN, -1, 2, Number.POSITIVE_INFINITY]) hear(3, share);
  expect(told).toEqual([]);
});

test("the next link begins anew", () => {
  hear(1, 0.05);
  repair.forget(ANN);
  expect(repair.isTwice(ANN)).toBe(false);
  hear(1, 0.05);
  expect(told).toEqual(["Ann twice", "Ann twice"]);
});
