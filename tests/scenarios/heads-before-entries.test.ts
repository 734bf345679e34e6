import type { LinkId } from "../../core/ports/mesh.ts";
import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("a member who hears of new heads before the entries themselves", () => {
  it("asks for what it lacks and does not repeat the whole log to everybody", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve");
    const [anna, ben, , , eve] = people;
    if (anna === undefined || ben === undefined || eve === undefined) throw new Error("nobody");
    world.network.setWay(anna.mesh, ben.mesh, { delayMs: 1_000 });
    let sent = 0;
    const asked = new Set<LinkId>();
    const send = ben.mesh.send.bind(ben.mesh);
    ben.mesh.send = (link, ...messages) => {
      sent = Math.max(sent, ...messages.map(({ length }) => length));
      // Acknowledgements of keys are shorter.
      if (messages.some(({ length }) => length > 64)) asked.add(link);
      send(link, ...messages);
    };
    anna.command({ type: "remove-member", member: eve.id, reason: "" });
    await world.until("Ben has asked", () => asked.size > 0);
    await world.clock.run(10);
    // Both Cleo and Dan have told him; one answer is enough.
    expect(asked.size).toBe(1);
    await world.until("Ben knows it", () => ben.call?.participants.length === 4);
    expect(sent).toBeLessThan(1_000);
    await world.together(people.filter((person) => person !== eve));
  });

  it("asks the next who told of it where the first does not answer", async () => {
    const world = new World(5);
    const people = await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve");
    const [anna, ben, cleo, dan, eve] = people;
    if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined || eve === undefined)
      throw new Error("nobody");
    world.network.setWay(anna.mesh, ben.mesh, { delayMs: 5_000 });
    world.network.setWay(dan.mesh, ben.mesh, { delayMs: 60 });
    let words = 0;
    const send = cleo.mesh.send.bind(cleo.mesh);
    // Cleo tells what she holds and gives none of it away.
    cleo.mesh.send = (link, ...messages) => {
      if (messages.some(({ length }) => length > 200)) words++;
      else send(link, ...messages);
    };
    anna.command({ type: "remove-member", member: eve.id, reason: "" });
    const began = world.clock.elapsed();
    await world.until("Ben knows it", () => ben.call?.participants.length === 4);
    expect(words).toBeGreaterThan(0);
    expect(world.clock.elapsed() - began).toBeLessThan(1_000);
  });
});
