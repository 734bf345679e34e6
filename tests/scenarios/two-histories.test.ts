import { expect, it } from "vitest";
import { Mallory } from "../support/world/mallory.ts";
import { World } from "../support/world/world.ts";

it("tells every member once, by name, that somebody has signed two histories", async () => {
  const world = new World(7);
  const people = await world.meeting("Anna", "Ben");
  const [anna, ben] = people;
  if (anna === undefined || ben === undefined) throw new Error("nobody");
  const mallory = new Mallory(world, await world.invite(anna));
  await mallory.enter(anna);
  await mallory.reach(ben);
  mallory.greet(ben, "Mallory");
  await world.clock.run(2_000);
  mallory.say(anna, { type: "entries", entries: [mallory.sign(mallory.device()).bytes] });
  mallory.say(ben, { type: "entries", entries: [mallory.sign(mallory.device()).bytes] });
  const told = (): (readonly { kind: string; name: string }[])[] =>
    people.map(({ call }) => call?.notices.filter(({ kind }) => kind === "equivocated") ?? []);
  await world.until("both are told", () => told().every((notices) => notices.length > 0));
  mallory.say(anna, { type: "entries", entries: [mallory.sign(mallory.device()).bytes] });
  await world.clock.run(2_000);
  for (const notices of told()) expect(notices).toMatchObject([{ name: "Mallory" }]);
  const cleo = world.person("Cleo");
  await world.join(cleo, await world.invite(anna));
  await world.until(
    "a newcomer is told too",
    () => cleo.call?.notices.some(({ kind }) => kind === "equivocated") ?? false,
  );
  await world.together([...people, cleo]);
});
