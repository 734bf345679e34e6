import { expect, it } from "vitest";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Whom a person sees as newcomers, by name. */
function newcomersTo({ call }: Person): readonly string[] {
  return (call?.participants ?? []).filter(({ newcomer }) => newcomer).map(({ name }) => name);
}

it("whoever comes in later is a newcomer to those who are there, and nobody is one to whoever comes", async () => {
  const world = new World();
  const [anna, ben] = (await world.meeting("Anna", "Ben")) as [Person, Person];
  expect(newcomersTo(anna)).toEqual(["Ben"]);
  expect(newcomersTo(ben)).toEqual([]);
  const cleo = world.person("Cleo");
  await world.join(cleo, await world.invite(anna));
  await world.together([anna, ben, cleo]);
  expect(newcomersTo(anna)).toEqual(["Ben", "Cleo"]);
  expect(newcomersTo(ben)).toEqual(["Cleo"]);
  expect(newcomersTo(cleo)).toEqual([]);
  cleo.loadPage();
  await world.together([anna, ben, cleo]);
  expect(newcomersTo(cleo)).toEqual([]);
});

it("somebody removed and voted back in is a newcomer again, also to those who had let them in", async () => {
  const world = new World();
  const [anna, ben, cleo] = (await world.meeting("Anna", "Ben", "Cleo")) as [Person, Person, Person];
  const { id } = ben;
  expect(newcomersTo(cleo)).toEqual([]);
  anna.command({ type: "remove-member", member: id, reason: "" });
  await world.until("Ben is told", () => ben.view?.screen === "ended");
  ben.command({ type: "appeal", text: "It was not me" });
  await world.until("they read it", () => [anna, cleo].every(({ call }) => call?.rules.motions.length === 1));
  for (const voter of [anna, cleo]) {
    voter.command({ type: "vote", motion: "readmit", member: id, approve: true, reason: "" });
  }
  await world.until("Ben is back", () => ben.call !== null);
  await world.together([anna, ben, cleo]);
  expect(newcomersTo(cleo)).toEqual(["Ben"]);
});
