import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import { MAX_HOPS, type Route } from "../../../../core/contract/passing.ts";
import { PassingPlan } from "../../../../renderer/frames/passing/plan.ts";
import { CAMERA_LAYERS, goodBitrate, type Layer } from "../../../../renderer/frames/pictures/layers.ts";

const id = (index: number): MemberId => `member-${index}`.padEnd(43, "x") as MemberId;
const MIDDLE = CAMERA_LAYERS[1] as Layer;
const COPY = goodBitrate(MIDDLE);

describe("the plan of who passes on", () => {
  let now: number;
  let plan: PassingPlan;
  let rooms: Map<MemberId, number>;
  let told: Map<MemberId, Route>;
  let members: MemberId[];
  /** What the uplink carries of pictures, shared by the links on which some go. */
  let uplink: number;

  beforeEach(() => {
    now = 0;
    uplink = 2 * COPY;
    members = Array.from({ length: 8 }, (_, index) => id(index));
    rooms = new Map(members.slice(0, 3).map((member) => [member, 4 * COPY]));
    told = new Map();
    plan = new PassingPlan({
      kind: "camera",
      elapsed: () => now,
      roomOf: (member) => rooms.get(member) ?? 0,
      tell: (member, route) => void told.set(member, route),
    });
  });

  function update(): void {
    const direct = members.filter((member) => plan.goesDirectly(member));
    plan.update(
      members.map((member) => ({ member, estimate: direct.includes(member) ? uplink / direct.length : 30_000 })),
      MIDDLE,
    );
  }

  /** So many seconds pass; everybody says at once that pictures have come. */
  function pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      now += 1_000;
      update();
      for (const [member, { number, by }] of told) if (by !== null) plan.arrived(member, { number, state: "whole" });
    }
  }

  const direct = (): MemberId[] => members.filter((member) => plan.goesDirectly(member));

  test("an uplink for two reaches eight by those who have room", () => {
    pass(10);
    expect(plan.isOn).toBe(true);
    expect(direct()).toHaveLength(2);
    for (const member of members) expect(told.get(member)?.hops ?? 1).toBeLessThanOrEqual(MAX_HOPS);
    const reached = direct().flatMap((member) => [member, ...plan.below(member)]);
    expect(reached.toSorted()).toEqual(members.toSorted());
  });

  test("one that carries everybody asks nobody", () => {
    uplink = 8 * COPY;
    pass(60);
    expect(plan.isOn).toBe(false);
    expect(told.size).toBe(0);
  });

  test("a short want asks nobody, nor one that nobody could help", () => {
    pass(2);
    uplink = 8 * COPY;
    pass(5);
    expect(told.size).toBe(0);
    uplink = COPY;
    rooms.clear();
    pass(60);
    expect(told.size).toBe(0);
  });

  test("nobody loses the direct way before pictures have come by the other", () => {
    for (let second = 0; second < 10; second++) {
      now += 1_000;
      update();
    }
    expect(told.size).toBeGreaterThan(0);
    expect(direct()).toEqual(members);
  });

  test("a word about an older route does not count", () => {
    pass(10);
    const [member, route] = [...told].find(([, { by }]) => by !== null) ?? [id(0), null];
    expect(plan.arrived(member, { number: (route?.number ?? 0) - 1, state: "silent" })).toBe(false);
    expect(plan.goesDirectly(member)).toBe(false);
  });

  test.each(["silent", "late", "forged"] as const)(
    "who says that it is %s gets it directly at once, then by somebody else",
    (state) => {
      pass(10);
      const [member, before] = [...told].find(([, { by }]) => by !== null) ?? [id(0), null];
      expect(plan.arrived(member, { number: before?.number ?? 0, state })).toBe(true);
      expect(plan.goesDirectly(member)).toBe(true);
      pass(1);
      expect(told.get(member)?.by).not.toBe(before?.by);
      expect(plan.goesDirectly(member)).toBe(told.get(member)?.by === null);
    },
  );

  test("of whom two say that nothing comes, nobody gets anything", () => {
    pass(10);
    const by = [...told.values()].find((route) => route.to.length >= 2)?.to ?? [];
    const passer = told.get(by[0] ?? id(0))?.by ?? id(0);
    for (const member of by.slice(0, 2))
      plan.arrived(member, { number: told.get(member)?.number ?? 0, state: "silent" });
    pass(1);
    expect(told.get(passer)?.to).toEqual([]);
    pass(30);
    expect(told.get(passer)?.to.length).toBeGreaterThanOrEqual(0);
  });

  test("who had somebody's pictures by one who is gone gets them directly at once", () => {
    pass(10);
    const passer = direct()[0] ?? id(0);
    const below = plan.below(passer);
    expect(below.length).toBeGreaterThan(0);
    members = members.filter((member) => member !== passer);
    plan.forget(passer);
    update();
    for (const member of below) expect(plan.goesDirectly(member)).toBe(true);
    pass(10);
    expect(direct()).toHaveLength(2);
  });

  test("it ends when the uplink carries all again, but not soon, and with nobody's pictures", () => {
    pass(10);
    uplink = 9 * COPY;
    pass(10);
    expect(plan.isOn).toBe(true);
    pass(30);
    expect(plan.isOn).toBe(false);
    expect([...told.values()].every(({ by, to }) => by === null && to.length === 0)).toBe(true);
    uplink = 2 * COPY;
    pass(10);
    expect(plan.isOn).toBe(true);
    plan.update([], null);
    expect(plan.isOn).toBe(false);
  });

  test("a steady uplink moves nobody", () => {
    pass(20);
    const before = JSON.stringify([...told]);
    pass(120);
    expect(JSON.stringify([...told])).toBe(before);
  });

  test("a way that fails again and again is tried more and more seldom", () => {
    rooms = new Map([[id(0), 9 * COPY]]);
    members = members.slice(0, 4);
    uplink = 1.5 * COPY;
    let tries = 0;
    for (let second = 0; second < 600; second++) {
      now += 1_000;
      update();
      const route = told.get(id(3));
      if (route === undefined || route.by === null) continue;
      tries++;
      plan.arrived(id(3), { number: route.number, state: "silent" });
    }
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(8);
  });

  test("over three links nobody is taken for a forger for long: it may have been the one before", () => {
    rooms = new Map([
      [id(0), 1.5 * COPY],
      [id(1), 2.5 * COPY],
    ]);
    members = members.slice(0, 4);
    uplink = COPY;
    pass(10);
    const [third = id(0), route] = [...told].find(([, { hops }]) => hops === 3) ?? [];
    const by = route?.by ?? null;
    expect(by).not.toBeNull();
    plan.arrived(third, { number: route?.number ?? 0, state: "forged" });
    pass(1);
    expect(told.get(third)?.by).not.toBe(by);
    let again = false;
    for (let second = 0; second < 60; second++) {
      pass(1);
      again ||= told.get(third)?.by === by;
    }
    expect(again).toBe(true);
  });

  test("one viewer whose link claims to carry everything does not keep the others waiting", () => {
    pass(10);
    const liar = direct()[0] ?? id(0);
    for (let second = 0; second < 120; second++) {
      now += 1_000;
      const reached = direct();
      plan.update(
        members.map((member) => ({
          member,
          estimate: member === liar ? 1_000_000_000 : reached.includes(member) ? COPY / 2 : 30_000,
        })),
        MIDDLE,
      );
      for (const [member, { number, by }] of told) if (by !== null) plan.arrived(member, { number, state: "whole" });
    }
    expect(plan.isOn).toBe(true);
    expect(direct().length).toBeLessThanOrEqual(4);
  });
});
