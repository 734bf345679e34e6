import { describe, expect, it } from "vitest";
import { EXPECTED_CALL_MS } from "../../core/meeting/limits.ts";
import { World } from "../support/world/world.ts";

describe("who dials whom", () => {
  it("a newcomer calls everybody as soon as it is told where they are, not when others grow tired of waiting", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna] = people;
    if (anna === undefined) throw new Error("nobody");
    const dan = world.person("Dan");
    await world.join(dan, await world.invite(anna));
    const entered = world.clock.elapsed();
    await world.together([...people, dan]);
    expect(world.clock.elapsed() - entered).toBeLessThan(EXPECTED_CALL_MS);
  });

  it("two newcomers let in by two members in the same moment find each other without waiting for a call from both sides", async () => {
    const world = new World(3);
    const people = await world.meeting("Anna", "Ben");
    const [anna, ben] = people;
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    const links = [await world.invite(anna), await world.invite(ben)];
    const guests = links.map((link, number) => {
      const guest = world.person(`guest ${String(number)}`);
      world.knock(guest, link);
      return guest;
    });
    await world.until("both are in", () => guests.every((guest) => guest.call !== null));
    const entered = world.clock.elapsed();
    await world.together([...people, ...guests]);
    expect(world.clock.elapsed() - entered).toBeLessThan(EXPECTED_CALL_MS);
  });
});
