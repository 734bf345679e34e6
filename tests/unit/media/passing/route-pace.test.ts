import { beforeEach, expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import { VirtualClock } from "../../../../core/mesh/memory/virtual-clock.ts";
import { PassingOn } from "../../../../renderer/rtc/passing-on.ts";
import type { PassingOrder } from "../../../../renderer/rtc/passing-talk.ts";
import { ANN, BEN } from "../frames/keys.ts";

let clock: VirtualClock;
let orders: PassingOrder[];
let passing: PassingOn;

beforeEach(() => {
  clock = new VirtualClock();
  orders = [];
  const frames = { order: (order: PassingOrder) => void orders.push(order) };
  passing = new PassingOn({ clock, frames: frames as never, say: () => undefined, canCarry: true });
});

function route(number: number, to: readonly MemberId[]): void {
  passing.hear(ANN, { type: "route", kind: "camera", number, by: null, hops: 1, to: [...to] });
}

test("a thousand routes a second are followed four times, the last one in the end", () => {
  for (let number = 0; number < 1_000; number++) {
    route(number, number % 2 === 0 ? [BEN] : []);
    clock.advance(1);
  }
  route(1_000, [BEN]);
  clock.advance(1_000);
  expect(orders.length).toBeLessThanOrEqual(6);
  expect(orders.at(-1)).toMatchObject({ type: "route", origin: ANN, route: { number: 1_000 } });
});

test("one that waits for a link is forgotten with it, and the camera's does not hold up the screen's", () => {
  route(1, [BEN]);
  route(2, []);
  passing.hear(ANN, { type: "route", kind: "screen", number: 1, by: null, hops: 1, to: [] });
  expect(orders).toMatchObject([{ route: { kind: "camera", number: 1 } }, { route: { kind: "screen" } }]);
  passing.detach(ANN);
  orders = [];
  clock.advance(1_000);
  expect(orders).toEqual([]);
});
