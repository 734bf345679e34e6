import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

async function three(world: World) {
  const [anna, ben, cleo] = await world.meeting("Anna", "Ben", "Cleo");
  if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
  return { anna, ben, cleo };
}

describe("nobody can end the meeting for others", () => {
  it("goes on when the starter leaves", async () => {
    const world = new World();
    const { anna, ben, cleo } = await three(world);
    anna.command({ type: "leave" });
    expect(anna.view).toMatchObject({ screen: "ended", cause: "left" });
    await world.until("the others see it", () => [ben, cleo].every((one) => one.call?.participants.length === 2));
    await world.together([ben, cleo]);
    expect(ben.call?.notices.at(-1)).toMatchObject({ kind: "left", name: "Anna" });
  });

  it("goes on when the starter's machine dies, and lets a newcomer in", async () => {
    const world = new World();
    const { anna, ben, cleo } = await three(world);
    const link = await world.invite(ben);
    world.network.kill(anna.mesh);
    await world.until("Anna is out of reach", () => ben.participant(anna)?.reachable === false, 30_000);
    const dan = world.person("Dan");
    await world.join(dan, link);
    await world.together([ben, cleo, dan]);
  });

  it("wipes every key of whoever leaves", async () => {
    const world = new World();
    const { anna } = await three(world);
    expect(anna.frames.empty).toBe(false);
    anna.command({ type: "leave" });
    expect(anna.frames.empty).toBe(true);
    expect(anna.links.size).toBe(0);
  });

  it("gives the leaver's keys no part in what follows", async () => {
    const world = new World();
    const { anna, ben, cleo } = await three(world);
    const known = new Set(anna.frames.everReceived);
    anna.command({ type: "leave" });
    await world.until("fresh keys are in use", () =>
      [ben, cleo].every((one) => !known.has(one.frames.sealing()?.baseKey ?? "")),
    );
    await world.together([ben, cleo]);
  });
});
