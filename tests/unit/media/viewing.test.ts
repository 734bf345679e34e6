import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { PictureSize, Wish } from "../../../core/contract/wish.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { sizeFor, Viewing } from "../../../renderer/rtc/viewing.ts";
import { WordPace } from "../../../renderer/rtc/word-pace.ts";
import { ANN, BEN } from "./frames/keys.ts";

const SMALL = { width: 200, height: 112 };
const MIDDLE = { width: 640, height: 360 };

test.each<[width: number, height: number, size: PictureSize]>([
  [104, 78, "small"],
  [320, 180, "small"],
  [400, 225, "small"],
  [401, 226, "middle"],
  // Cut to a portrait, a picture is as high as its room.
  [200, 400, "middle"],
  [640, 360, "middle"],
  [1_200, 675, "full"],
])("in a room of %i by %i a picture is wanted %s", (width, height, size) => {
  expect(sizeFor({ width, height })).toBe(size);
});

describe("what is shown of others", () => {
  let clock: VirtualClock;
  let told: string[];
  let viewing: Viewing;

  beforeEach(() => {
    clock = new VirtualClock();
    told = [];
    viewing = new Viewing({
      clock,
      tell: (member, { camera, screen }) => told.push(`${member === ANN ? "Ann" : "Ben"} ${camera} ${screen}`),
    });
  });

  test("is told once there is a link, and not before", () => {
    viewing.show(ANN, "camera", SMALL);
    clock.advance(60_000);
    expect(told).toEqual([]);
    viewing.linkUp(ANN, 1);
    clock.advance(2_000);
    expect(told).toEqual(["Ann small none"]);
  });

  test("in a window of its own stays wanted while the page is not seen, and nothing else does", () => {
    viewing.linkUp(ANN, 1);
    viewing.show(ANN, "camera", { ...SMALL, outside: true });
    viewing.show(ANN, "screen", MIDDLE);
    viewing.setVisible(false);
    clock.advance(2_000);
    expect(told).toEqual(["Ann small none"]);
  });

  test("larger is told soon, smaller only when it stays so", () => {
    viewing.linkUp(ANN, 1);
    const first = viewing.show(ANN, "camera", SMALL);
    clock.advance(2_000);
    told = [];
    const second = viewing.show(ANN, "camera", MIDDLE);
    clock.advance(100);
    expect(told).toEqual(["Ann middle none"]);
    second();
    clock.advance(1_000);
    expect(told).toHaveLength(1);
    clock.advance(1_000);
    expect(told.at(-1)).toBe("Ann small none");
    first();
    clock.advance(2_000);
    expect(told.at(-1)).toBe("Ann none none");
  });

  test("a page that is turned and turned back says nothing", () => {
    viewing.linkUp(ANN, 1);
    const shown = viewing.show(ANN, "camera", SMALL);
    clock.advance(2_000);
    told = [];
    shown();
    clock.advance(1_000);
    viewing.show(ANN, "camera", SMALL);
    clock.advance(3_000);
    expect(told).toEqual([]);
  });

  test("is said again from time to time, since a message may be lost", () => {
    viewing.linkUp(ANN, 1);
    viewing.show(ANN, "camera", SMALL);
    clock.advance(2_000);
    clock.advance(25_000);
    expect(told).toEqual(["Ann small none", "Ann small none", "Ann small none"]);
  });

  test("is told anew on a new link, and not on one that only came back", () => {
    viewing.show(ANN, "camera", SMALL);
    viewing.linkUp(ANN, 1);
    clock.advance(2_000);
    viewing.linkUp(ANN, 1);
    clock.advance(2_000);
    expect(told).toHaveLength(1);
    viewing.linkUp(ANN, 2);
    clock.advance(2_000);
    expect(told).toHaveLength(2);
  });

  test("is nothing while the window is out of sight, and all of it once it is back", () => {
    viewing.linkUp(ANN, 1);
    viewing.show(ANN, "camera", SMALL);
    viewing.show(ANN, "screen", MIDDLE);
    clock.advance(2_000);
    told = [];
    viewing.setVisible(false);
    clock.advance(2_000);
    expect(told).toEqual(["Ann none none"]);
    viewing.setVisible(true);
    clock.advance(100);
    expect(told.at(-1)).toBe("Ann small middle");
  });

  test("is told to nobody who is gone", () => {
    viewing.show(ANN, "camera", SMALL);
    viewing.linkUp(ANN, 1);
    viewing.linkUp(BEN, 1);
    viewing.forget(ANN);
    clock.advance(60_000);
    expect(told.filter((words) => words.startsWith("Ann"))).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("others' wishes", () => {
  let clock: VirtualClock;
  let followed: string[];
  let pace: WordPace<MemberId, Wish>;

  beforeEach(() => {
    clock = new VirtualClock();
    followed = [];
    pace = new WordPace(clock, (member, { camera }) => followed.push(`${member === ANN ? "Ann" : "Ben"} ${camera}`));
  });

  const hear = (member: MemberId, camera: PictureSize): void => pace.hear(member, { camera, screen: "none" });

  test("a thousand a second are followed four times, the last one in the end", () => {
    for (let index = 0; index < 1_000; index++) {
      hear(ANN, index % 2 === 0 ? "full" : "small");
      clock.advance(1);
    }
    hear(ANN, "none");
    clock.advance(1_000);
    expect(followed.length).toBeLessThanOrEqual(6);
    expect(followed[0]).toBe("Ann full");
    expect(followed.at(-1)).toBe("Ann none");
  });

  test("of one do not hold up another's", () => {
    hear(ANN, "full");
    hear(BEN, "small");
    expect(followed).toEqual(["Ann full", "Ben small"]);
  });

  test("that wait for a link are forgotten with it", () => {
    hear(ANN, "full");
    hear(ANN, "small");
    pace.forget(ANN);
    clock.advance(1_000);
    expect(followed).toEqual(["Ann full"]);
  });
});
