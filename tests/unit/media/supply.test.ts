import { expect, test } from "vitest";
import { Supply } from "../../../renderer/rtc/supply.ts";

function battery(charging: boolean): EventTarget & { charging: boolean } {
  return Object.assign(new EventTarget(), { charging });
}

test("a machine of which nothing is known has plenty", () => {
  expect(new Supply({}).isPlenty).toBe(true);
  expect(new Supply({ getBattery: () => Promise.reject(new Error("not here")) }).isPlenty).toBe(true);
});

test("one that runs on its battery has not, until it is plugged in, and says so", async () => {
  const present = battery(false);
  const supply = new Supply({ getBattery: () => Promise.resolve(present) });
  const heard: boolean[] = [];
  const known = new Promise<void>((resolve) => {
    supply.subscribe(() => {
      heard.push(supply.isPlenty);
      resolve();
    });
  });
  await known;
  present.charging = true;
  present.dispatchEvent(new Event("chargingchange"));
  expect(heard).toEqual([false, true]);
});

test.each([
  ["that saves data", { saveData: true }],
  ["of a mobile carrier", { type: "cellular" }],
])("one on a network %s has not", (_, connection) => {
  expect(new Supply({ connection: Object.assign(new EventTarget(), connection) }).isPlenty).toBe(false);
});

test("one on any other network has", () => {
  expect(new Supply({ connection: Object.assign(new EventTarget(), { type: "wifi" }) }).isPlenty).toBe(true);
});
