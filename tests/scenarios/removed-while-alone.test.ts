import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("somebody who was alone when things happened and they were removed", () => {
  it("is told when they are back, with all that the removal refers to", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo", "Dan");
    const [anna, ben, cleo, dan] = people;
    if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined) throw new Error("nobody");
    world.network.partition([[anna.mesh, ben.mesh, dan.mesh], [cleo.mesh]]);
    dan.command({ type: "leave" });
    await world.until("the others know that Dan has left", () => anna.call?.participants.length === 3);
    await world.until("Cleo is out of reach", () => anna.participant(cleo)?.reachable === false, 60_000);
    anna.command({ type: "remove-member", member: cleo.id, reason: "gone for good" });
    await world.clock.run(5_000);
    expect(cleo.call?.participants).toHaveLength(4);
    world.network.heal();
    await world.until("Cleo is told", () => cleo.view?.screen === "ended", 30_000);
    expect(cleo.view).toMatchObject({ cause: "removed", by: "Anna", reason: "gone for good" });
    expect(cleo.frames.empty).toBe(true);
    await world.together([anna, ben]);
  });
});
