import { describe, expect, test } from "vitest";
import {
  CAMERA_LAYERS,
  LayerChoice,
  layersFor,
  SCREEN_LAYERS,
  sizeWithin,
} from "../../../../renderer/frames/pictures/layers.ts";

describe("layers", () => {
  test.each([
    [1280, 720, 3],
    [1920, 1080, 3],
    [640, 360, 2],
    [640, 480, 3],
    [320, 180, 1],
    [64, 64, 1],
    [720, 1280, 3],
  ])("a source of %i x %i has %i", (width, height, count) => {
    expect(layersFor(CAMERA_LAYERS, { width, height })).toHaveLength(count);
  });

  test("keep the proportions of the source, are never larger, and have even sides", () => {
    const [small, middle, full] = CAMERA_LAYERS;
    if (small === undefined || middle === undefined || full === undefined) throw new Error("three layers");
    expect(sizeWithin(small, { width: 640, height: 360 })).toEqual({ width: 320, height: 180 });
    expect(sizeWithin(middle, { width: 720, height: 1280 })).toEqual({ width: 360, height: 640 });
    expect(sizeWithin(full, { width: 321, height: 181 })).toEqual({ width: 322, height: 182 });
    expect(sizeWithin(full, { width: 1, height: 5000 })).toEqual({ width: 2, height: 1280 });
  });

  test("a screen of 5K is made smaller and stays one layer", () => {
    const layers = layersFor(SCREEN_LAYERS, { width: 5120, height: 2880 });
    expect(layers).toHaveLength(1);
    const [only] = layers;
    expect(only && sizeWithin(only, { width: 5120, height: 2880 })).toEqual({ width: 3840, height: 2160 });
  });
});

describe("the choice of a layer", () => {
  function choice() {
    let now = 0;
    const made = new LayerChoice(() => now);
    return {
      at: (ms: number, bitsPerSecond: number | null) => {
        now = ms;
        return made.choose(CAMERA_LAYERS, bitsPerSecond);
      },
    };
  }

  test("is the best until something is measured", () => {
    expect(choice().at(0, null)).toBe(2);
  });

  test("goes down at once, but never to nothing", () => {
    const link = choice();
    expect(link.at(0, null)).toBe(2);
    expect(link.at(1000, 400_000)).toBe(1);
    expect(link.at(1001, 60_000)).toBe(0);
    expect(link.at(1002, 0)).toBe(0);
  });

  test("goes up one at a time, and only when there has been room for a while", () => {
    const link = choice();
    link.at(0, 60_000);
    expect(link.at(1000, 5_000_000)).toBe(0);
    expect(link.at(5999, 5_000_000)).toBe(0);
    expect(link.at(6000, 5_000_000)).toBe(1);
    expect(link.at(7000, 5_000_000)).toBe(1);
    expect(link.at(11_999, 5_000_000)).toBe(1);
    expect(link.at(12_000, 5_000_000)).toBe(2);
  });

  test("stays where it is on a link that wavers about the step", () => {
    const link = choice();
    link.at(0, 60_000);
    const seen = Array.from({ length: 60 }, (_, second) =>
      link.at(second * 1000, second % 4 === 0 ? 150_000 : 400_000),
    );
    expect(new Set(seen)).toEqual(new Set([0]));
  });

  test("each layer's most lets an estimate grow to the next one's least", () => {
    for (const [index, layer] of CAMERA_LAYERS.entries()) {
      const next = CAMERA_LAYERS[index + 1];
      if (next !== undefined) expect(layer.most * 1.5).toBeGreaterThan(next.least * 1.2);
    }
  });
});
