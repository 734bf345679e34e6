import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import { MAX_BRANCHES, PASSED_SLOTS, type Route } from "../../../../core/contract/passing.ts";
import { PassingTalk, type PassingOrder, type PassingWord } from "../../../../renderer/rtc/passing-talk.ts";
import { ANN, BEN } from "../frames/keys.ts";

const CEM = "C".repeat(43) as MemberId;
const DEE = "D".repeat(43) as MemberId;

describe("the talk about passing on", () => {
  let said: (readonly [MemberId, PassingWord])[];
  let orders: PassingOrder[];
  let used: string[];
  let talk: PassingTalk;
  let without: MemberId | null;

  beforeEach(() => {
    said = [];
    orders = [];
    used = [];
    without = null;
    talk = new PassingTalk({
      say: (member, word) => said.push([member, word]),
      order: (order) => orders.push(order),
      use: (member, slot, on) => {
        used.push(`${member[0] ?? ""}${slot} ${on ? "on" : "off"}`);
        return member !== without;
      },
    });
    talk.mayPass = true;
    for (const member of [ANN, BEN, CEM]) talk.linkUp(member);
    said = [];
  });

  const route = (to: readonly MemberId[], more: Partial<Route> = {}): PassingWord => ({
    type: "route",
    kind: "camera",
    number: 1,
    by: null,
    hops: 1,
    to: [...to],
    ...more,
  });

  const passes = (): string[] =>
    said.flatMap(([member, word]) =>
      word.type === "passes" ? [`${member[0] ?? ""}${word.slot} ${word.of?.origin[0] ?? "-"}`] : [],
    );

  test("tells everybody with a link its key and its room, and whoever comes later, too", () => {
    talk.take({ type: "frame-key", key: "k".repeat(43) });
    talk.take({ type: "room", bitsPerSecond: 900_000 });
    expect(said.filter(([, word]) => word.type === "frame-key").map(([member]) => member)).toEqual([ANN, BEN, CEM]);
    expect(said.filter(([, word]) => word.type === "room").map(([member]) => member)).toEqual([ANN, BEN, CEM]);
    said = [];
    talk.linkUp(DEE);
    expect(said).toEqual([
      [DEE, { type: "frame-key", key: "k".repeat(43) }],
      [DEE, { type: "room", bitsPerSecond: 900_000 }],
    ]);
  });

  test("who has not agreed has no room, and passes on nothing that was asked for", () => {
    talk.take({ type: "room", bitsPerSecond: 900_000 });
    talk.hear(ANN, route([BEN]));
    expect(used).toEqual(["B0 on"]);
    talk.mayPass = false;
    expect(used).toEqual(["B0 on", "B0 off"]);
    expect(said.filter(([, word]) => word.type === "room").at(-1)).toEqual([CEM, { type: "room", bitsPerSecond: 0 }]);
    expect(talk.copies).toBe(0);
    talk.hear(ANN, route([BEN, CEM], { number: 2 }));
    expect(talk.copies).toBe(0);
    talk.mayPass = true;
    expect(talk.copies).toBe(2);
  });

  test("gives each picture a spare stream of its own, and frees it", () => {
    talk.hear(ANN, route([CEM]));
    talk.hear(BEN, route([CEM]));
    expect(passes()).toEqual(["C0 A", "C1 B"]);
    talk.hear(ANN, route([CEM], { kind: "screen" }));
    expect(talk.copies).toBe(PASSED_SLOTS);
    talk.hear(ANN, route([], { number: 2 }));
    expect(passes()).toEqual(["C0 A", "C1 B", "C0 -", "C0 A"]);
  });

  test("is no more than a few copies, whatever is asked for, and none for whom there is no link", () => {
    const many = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index).repeat(43) as MemberId);
    for (const member of many.slice(0, 20)) talk.linkUp(member);
    talk.hear(ANN, route(many.slice(0, 6)));
    talk.hear(BEN, route(many.slice(6, 12)));
    talk.hear(CEM, route(many.slice(20, 26)));
    expect(talk.copies).toBe(MAX_BRANCHES);
    expect(passes().filter((words) => words.endsWith("C"))).toEqual([]);
    talk.linkReplaced(ANN);
    expect(talk.copies).toBe(MAX_BRANCHES);
  });

  test("begins anew on a link that takes the place of another", () => {
    talk.hear(ANN, route([BEN]));
    talk.linkReplaced(BEN);
    expect(talk.copies).toBe(0);
    talk.linkUp(BEN);
    expect(passes()).toEqual(["B0 A", "B0 A"]);
  });

  test("does not say that it passes on where there is no stream for it", () => {
    without = BEN;
    talk.hear(ANN, route([BEN]));
    expect(passes()).toEqual([]);
  });

  test("hands on what others say to the worker, as theirs", () => {
    talk.hear(ANN, { type: "room", bitsPerSecond: 5 });
    talk.hear(ANN, { type: "frame-key", key: "x".repeat(43) });
    talk.hear(ANN, { type: "arrival", kind: "camera", number: 3, state: "silent" });
    talk.hear(ANN, { type: "passes", slot: 1, of: { origin: BEN, kind: "camera" } });
    talk.hear(ANN, route([]));
    expect(orders).toMatchObject([
      { type: "room", member: ANN },
      { type: "frame-key", member: ANN },
      { type: "arrival", member: ANN, state: "silent" },
      { type: "comes", member: ANN, slot: 1, of: { origin: BEN } },
      { type: "route", origin: ANN },
    ]);
  });

  test("tells a viewer its route and a sender how it goes", () => {
    const told: Route = { kind: "screen", number: 4, by: CEM, hops: 2, to: [] };
    talk.take({ type: "tell-route", member: BEN, route: told });
    talk.take({ type: "arrival", origin: ANN, arrival: { kind: "screen", number: 2, state: "whole" } });
    expect(said).toEqual([
      [BEN, { type: "route", ...told }],
      [ANN, { type: "arrival", kind: "screen", number: 2, state: "whole" }],
    ]);
  });

  test("what a member asked for counts no more on the link that takes the place of its own, until it asks again", () => {
    talk.hear(ANN, route([BEN], { number: 7, by: CEM, hops: 2 }));
    orders = [];
    talk.linkReplaced(ANN);
    expect(talk.copies).toBe(0);
    expect(orders).toContainEqual({
      type: "route",
      origin: ANN,
      route: { kind: "camera", number: 7, by: null, hops: 1, to: [] },
    });
    talk.linkUp(ANN);
    talk.hear(ANN, route([BEN]));
    expect(talk.copies).toBe(1);
  });

  test("nothing is made any more for the streams of a link that was replaced", () => {
    talk.hear(ANN, route([BEN]));
    orders = [];
    talk.linkReplaced(BEN);
    expect(orders).toEqual([{ type: "goes-on", member: BEN, slot: 0, of: null }]);
  });
});
