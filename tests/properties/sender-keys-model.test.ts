import fc from "fast-check";
import { describe, it } from "vitest";
import { playSchedule, schedules } from "./sender-keys-model.ts";

const nightly = process.env["VIGIL_NIGHTLY"] === "1";

describe("the key schedule, whatever is lost, late or cut", () => {
  it("hands no key to anybody it is not meant for, uses none twice, and ends with all opening all", () => {
    const runs = nightly ? { numRuns: 20_000 } : { numRuns: 300, seed: 20_300_102 };
    fc.assert(fc.property(schedules(nightly ? 80 : 40), playSchedule), runs);
  });
});
