import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("a page that is reloaded while a member is out of reach", () => {
  it("gets a new media link to them when they are back", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben");
    const [anna, ben] = people;
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    for (const person of people) {
      world.network.cut(anna.mesh, ben.mesh);
      const apart = () => !anna.participant(ben)?.reachable && !ben.participant(anna)?.reachable;
      await world.until("they have lost each other", apart);
      person.loadPage();
      expect(person.links.size).toBe(0);
      await world.together(people);
    }
  });

  it("gets it also when the wish for it was lost on the way", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben");
    const [anna, ben] = people;
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    for (const person of people) {
      person.loadPage();
      world.network.cut(anna.mesh, ben.mesh);
      await world.together(people);
    }
  });
});
