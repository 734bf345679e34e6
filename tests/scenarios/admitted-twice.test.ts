import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("a newcomer whom two members let in at the same moment under different indices", () => {
  it("seals under the index that the log settles on, and is heard by all", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
    const link = await world.invite(anna);
    const [dan, eve] = [world.person("Dan"), world.person("Eve")];
    for (const guest of [dan, eve]) guest.command({ type: "open-invite", name: guest.name, invite: link });
    await world.clock.run(1_000);
    // Anna alone knows of Eve when Dan, who waits too long for Anna's answer, asks Ben as well.
    const slow = [
      { ways: [anna, eve].flatMap((one) => [ben, cleo].map((other) => [one, other] as const)), delayMs: 5_000 },
      { ways: [[dan, anna] as const], delayMs: 1_700 },
      { ways: [[dan, ben] as const], delayMs: 400 },
    ];
    for (const { ways, delayMs } of slow) {
      for (const [one, other] of ways) world.network.setWay(one.mesh, other.mesh, { delayMs });
    }
    eve.enter();
    await world.until("Anna has let Eve in", () => eve.call !== null);
    dan.enter();
    await world.until("Dan is in", () => dan.call !== null);
    const first = dan.frames.sealing()?.index;
    await world.clock.run(10_000);
    for (const [one, other] of slow.flatMap(({ ways }) => ways))
      world.network.setWay(one.mesh, other.mesh, { delayMs: 20 });
    await world.together([...people, dan, eve], 60_000);
    expect(dan.frames.sealing()?.index).not.toBe(first);
  });
});
