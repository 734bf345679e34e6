import fc from "fast-check";
import { describe, it } from "vitest";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { play, storyPlans } from "../support/world/story.ts";

usePlatformCrypto();

/** Few stories on every change, many by night; a failing one is printed with its seed and made as short as it gets. */
const nightly = process.env["VIGIL_NIGHTLY"] === "1";
const seed = process.env["VIGIL_SEED"];
const runs = {
  numRuns: nightly ? 500 : 6,
  ...(seed !== undefined ? { seed: Number(seed) } : nightly ? {} : { seed: 20_300_101 }),
};
const longest = nightly ? 40 : 16;
const limitMs = nightly ? 6 * 60 * 60_000 : 240_000;

describe("whatever happens to a meeting", () => {
  it(
    "no key is in wrong hands at any moment, none is used twice, and in calm weather all hear all",
    async () => {
      await fc.assert(fc.asyncProperty(storyPlans(longest), play), runs);
    },
    limitMs,
  );
});
