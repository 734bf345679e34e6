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
    const send = ben.mesh.send.bind(ben.mesh);
    ben.mesh.send = (link, message) => {
      sent = Math.max(sent, message.length);
      send(link, message);
    };
    anna.command({ type: "remove-member", member: eve.id, reason: "" });
    await world.until("Ben knows it", () => ben.call?.participants.length === 4);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(1_000);
    await world.together(people.filter((person) => person !== eve));
  });
});
