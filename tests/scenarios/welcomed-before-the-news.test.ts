import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("a newcomer who is welcomed by one member before it knows that another has let it in", () => {
  it("hears everybody, whichever word comes first", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna] = people;
    if (anna === undefined) throw new Error("nobody");
    // The invite names all three, so Dan has links to all before he is let in by the first that he asks.
    const link = await world.invite(anna);
    const dan = world.person("Dan");
    dan.command({ type: "open-invite", name: "Dan", invite: link });
    await world.clock.run(1_000);
    for (const person of people) world.network.setWay(person.mesh, dan.mesh, { delayMs: person === anna ? 400 : 20 });
    dan.enter();
    await world.together([...people, dan]);
  });

  it("is let in although the one who let it in died before it could say so", async () => {
    for (const delayMs of [20, 60, 100, 160, 240]) {
      const world = new World(delayMs);
      const people = await world.meeting("Anna", "Ben", "Cleo");
      const [anna, ben, cleo] = people;
      if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
      const link = await world.invite(anna);
      const dan = world.person("Dan");
      world.network.setAllWays({ delayMs });
      world.knock(dan, link);
      await world.until("somebody has let Dan in", () => people.some(({ call }) => call?.participants.length === 4));
      const admitter = people.find(({ call }) => call?.participants.length === 4);
      await world.until(
        "another knows it",
        () => people.filter(({ call }) => call?.participants.length === 4).length > 1,
      );
      const rest = people.filter((person) => person !== admitter);
      if (admitter !== undefined) world.network.kill(admitter.mesh);
      await world.together([...rest, dan], 40_000);
    }
    expect.assertions(0);
  });
});
