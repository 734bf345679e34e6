import { beforeAll, describe, expect, it } from "vitest";
import { MAX_KNOCKS } from "../../core/meeting/limits.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { Mallory } from "../support/world/mallory.ts";
import { World } from "../support/world/world.ts";

describe("a member who passes on a thousand knocks of nobody", () => {
  beforeAll(usePlatformCrypto);

  it("fills the places of those who wait, and nothing else: the others talk on and can throw that member out", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const ben = world.person("Ben");
    const link = await world.start(anna, "knock-any");
    const mallory = new Mallory(world, link);
    await mallory.reach(anna);
    mallory.say(anna, { type: "join", request: mallory.request(), capability: mallory.invitation });
    await world.until("Mallory knocks", () => anna.call?.knocks.length === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.until("Mallory is in", () => anna.call?.participants.length === 2);
    mallory.greet(anna, "Mallory");
    world.knock(ben, link);
    await world.until("Ben knocks", () => anna.call?.knocks.length === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.until("Ben is in", () => ben.call?.participants.length === 3);
    for (let count = 0; count < 1_000; count++) {
      const request = mallory.request(mallory.newKey());
      mallory.say(anna, { type: "knock", request, capability: mallory.invitation });
    }
    await world.until("as many as there are places for", () => anna.call?.knocks.length === MAX_KNOCKS);
    await world.clock.run(2_000);
    expect(anna.call?.knocks).toHaveLength(MAX_KNOCKS);
    expect(anna.hears(ben) && ben.hears(anna)).toBe(true);
    anna.command({ type: "remove-member", member: mallory.id, reason: "knocks" });
    await world.until("Mallory is out", () => [anna, ben].every((one) => one.call?.participants.length === 2));
  });
});
