import { describe, expect, it } from "vitest";
import { EXPECTED_CALL_MS } from "../../core/meeting/limits.ts";
import { World } from "../support/world/world.ts";

describe("a member who is greeted by a newcomer before it hears of the admission", () => {
  it("keeps the link and answers when the news has come", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
    const link = await world.invite(anna);
    const dan = world.person("Dan");
    dan.command({ type: "open-invite", name: "Dan", invite: link });
    await world.clock.run(1_000);
    for (const other of [anna, ben]) world.network.setWay(other.mesh, cleo.mesh, { delayMs: 500 });
    dan.enter();
    const entered = world.clock.elapsed();
    await world.together([...people, dan]);
    expect(world.clock.elapsed() - entered).toBeLessThan(EXPECTED_CALL_MS);
  });
});
