import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";
import type { Person } from "../support/world/person.ts";

async function two(world: World): Promise<[Person, Person]> {
  const [anna, ben] = await world.meeting("Anna", "Ben");
  if (anna === undefined || ben === undefined) throw new Error("nobody");
  return [anna, ben];
}

describe("what breaks and is mended", () => {
  it("a page that is reloaded gets its call back, with a new certificate, a fresh key and new links", async () => {
    const world = new World();
    const [anna, ben] = await two(world);
    const code = anna.code;
    const generation = anna.links.generation(ben.id);
    anna.loadPage();
    expect(anna.call?.participants).toHaveLength(2);
    await world.together([anna, ben]);
    expect(anna.links.generation(ben.id)).toBeGreaterThan(generation);
    expect(anna.code).not.toBe(code);
  });

  it("both pages reloaded in the same moment find each other again", async () => {
    const world = new World();
    const [anna, ben] = await two(world);
    anna.loadPage();
    ben.loadPage();
    await world.together([anna, ben]);
  });

  it("a lost media link is built anew, whichever side loses it", async () => {
    const world = new World();
    const [anna, ben] = await two(world);
    anna.links.lose(ben.id);
    await world.until("it is back", () => anna.hears(ben) && ben.hears(anna), 5_000);
    ben.links.lose(anna.id);
    await world.until("it is back again", () => anna.hears(ben) && ben.hears(anna), 5_000);
  });

  it("a cut mesh link comes back and the media link is left alone", async () => {
    const world = new World();
    const [anna, ben] = await two(world);
    const generation = anna.links.generation(ben.id);
    world.network.cut(anna.mesh, ben.mesh);
    await world.until("it is seen", () => anna.participant(ben)?.reachable === false);
    await world.until("it is back", () => anna.participant(ben)?.reachable === true);
    expect(anna.links.generation(ben.id)).toBe(generation);
    await world.together([anna, ben]);
  });

  it("two who dial each other in the same moment keep one link", async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const world = new World(seed);
      const [anna, ben] = await two(world);
      world.network.cut(anna.mesh, ben.mesh);
      anna.mesh.dial(ben.mesh.self, ben.mesh.addresses());
      ben.mesh.dial(anna.mesh.self, anna.mesh.addresses());
      await world.clock.run(3_000);
      await world.together([anna, ben]);
      await world.clock.run(15_000);
      expect(anna.participant(ben)?.reachable).toBe(true);
    }
  });

  it("chat reaches whoever was away, once", async () => {
    const world = new World();
    const [anna, ben] = await two(world);
    world.network.partition([[anna.mesh], [ben.mesh]]);
    await world.until("it is seen", () => anna.participant(ben)?.reachable === false, 60_000);
    anna.command({ type: "send-chat", text: "are you there?" });
    world.network.heal();
    await world.until("it has come", () => ben.call?.chat.length === 1, 60_000);
    await world.until("it is known", () => anna.call?.chat[0]?.delivered === 1);
    world.network.cut(anna.mesh, ben.mesh);
    await world.together([anna, ben]);
    expect(ben.call?.chat).toHaveLength(1);
  });
});
