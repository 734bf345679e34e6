import { expect, it } from "vitest";
import {
  LINKS_MS,
  MACHINE_MS,
  rested,
  weaken,
  weakPart,
  type Weakness,
} from "../../../renderer/features/call/sound-only/weakness.ts";

const CALM = { machine: false, links: false };
const BUSY = { machine: true, links: false };
const NARROW = { machine: false, links: true };

/** Looks once a second for so long. */
function look(weakness: Weakness, strain: typeof CALM, ms: number): Weakness {
  let seen = weakness;
  for (let passed = 0; passed < ms; passed += 1_000) seen = weaken(seen, strain, seen.at + 1_000);
  return seen;
}

it("is nobody's while nothing is too much, and after a busy moment", () => {
  expect(weakPart(look(rested(0), CALM, 600_000))).toBeNull();
  expect(weakPart(look(rested(0), BUSY, MACHINE_MS - 1_000))).toBeNull();
  expect(weakPart(look(rested(0), NARROW, LINKS_MS - 1_000))).toBeNull();
});

it("is the machine's or the links' once it was too much for long", () => {
  expect(weakPart(look(rested(0), BUSY, MACHINE_MS))).toBe("machine");
  expect(weakPart(look(rested(0), NARROW, LINKS_MS))).toBe("link");
});

it("does not come of strain that is half of the time at most, however long", () => {
  let weakness = rested(0);
  for (let round = 0; round < 100; round++) {
    weakness = look(weakness, { machine: true, links: true }, 5_000);
    weakness = look(weakness, CALM, 5_000);
    expect(weakPart(weakness)).toBeNull();
  }
});

it("does not count the time in which the machine slept", () => {
  const awake = weaken(rested(0), { machine: true, links: true }, 8 * 3_600_000);
  expect(weakPart(awake)).toBeNull();
});

it("does not come of a clock that goes back", () => {
  const back = weaken(look(rested(50_000), BUSY, 10_000), BUSY, 0);
  expect(back.machineMs).toBe(10_000);
});
