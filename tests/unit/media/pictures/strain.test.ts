import { beforeEach, expect, test } from "vitest";
import { emptyTally } from "../../../../renderer/frames/counts.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { Pictures } from "../../../../renderer/frames/pictures/pictures.ts";
import { RateGovernor } from "../../../../renderer/frames/pictures/rate-governor.ts";
import { ANN, BEN } from "../frames/keys.ts";

const NONE = { camera: "none", screen: "none" } as const;
let pictures: Pictures;

beforeEach(() => {
  pictures = new Pictures({
    surroundings: { keyring: new Keyring(), elapsed: () => 0, after: () => () => undefined },
    signer: () => null,
    tellRoute: () => undefined,
  });
  pictures.setSource("camera", new ReadableStream());
  for (const member of [ANN, BEN]) {
    pictures.addCarrier({ member, generation: 1, kind: "camera" }, new WritableStream(), emptyTally());
    pictures.linkUp(member);
  }
});

test("links are strained when most of those that get pictures cannot carry the smallest", () => {
  expect(pictures.strain()).toEqual({ machine: false, links: false });
  pictures.setEstimate(ANN, 10_000);
  pictures.setEstimate(BEN, 500_000);
  expect(pictures.strain().links).toBe(false);
  pictures.setEstimate(BEN, 20_000);
  expect(pictures.strain().links).toBe(true);
  pictures.setEstimate(BEN, 40_000);
  expect(pictures.strain().links).toBe(false);
});

test("links on which nothing goes out say nothing, since their estimates only grow on what is sent", () => {
  pictures.setEstimate(ANN, 0);
  expect(pictures.strain().links).toBe(true);
  pictures.setWish(ANN, NONE);
  expect(pictures.strain().links).toBe(false);
  pictures.setWish(ANN, { camera: "small", screen: "none" });
  expect(pictures.strain().links).toBe(true);
  pictures.setSource("camera", null);
  expect(pictures.strain().links).toBe(false);
});

test("a link that is gone strains nobody", () => {
  pictures.setEstimate(ANN, 0);
  pictures.forget(ANN);
  expect(pictures.strain().links).toBe(false);
});

test("a machine is exhausted only where a picture takes too long for even the fewest", () => {
  let now = 0;
  const governor = new RateGovernor(() => now);
  const run = (seconds: number, ms: number): boolean => {
    for (let passed = 0; passed < seconds * 5; passed++) {
      now += 200;
      governor.took(ms, Math.min(30, governor.limit));
    }
    return governor.isExhausted;
  };
  expect(run(60, 150)).toBe(false);
  expect(governor.limit).toBe(5);
  expect(run(10, 400)).toBe(true);
  expect(run(10, 20)).toBe(false);
});
