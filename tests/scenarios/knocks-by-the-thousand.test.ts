import { beforeAll, describe, expect, it } from "vitest";
import { MAX_KNOCKS, MAX_KNOCKS_PASSED_ON } from "../../core/meeting/limits.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

interface Flooded {
  readonly world: World;
  readonly anna: Person;
  readonly ben: Person;
  readonly mallory: Mallory;
  readonly link: string;
}

/** A meeting that people have to be let into, and in which Mallory has passed on a thousand knocks of nobody to Anna. */
async function floodedMeeting(): Promise<Flooded> {
  const world = new World();
  const people = await world.meeting("Anna", "Ben", "Gone");
  const [anna, ben, gone] = people;
  if (anna === undefined || ben === undefined || gone === undefined) throw new Error("nobody");
  const link = await world.invite(anna);
  const mallory = new Mallory(world, link);
  await mallory.enter(anna);
  // Once somebody was removed, everybody else has to knock.
  anna.command({ type: "remove-member", member: gone.id, reason: "" });
  const three = () => [anna, ben].every((one) => one.call?.participants.length === 3);
  await world.until("three are left, Mallory among them", three);
  for (let count = 0; count < 1_000; count++) {
    const request = mallory.request(mallory.newKey());
    mallory.say(anna, { type: "knock", request, capability: mallory.invitation });
  }
  await world.until("as many wait as may by one word", () => anna.call?.knocks.length === MAX_KNOCKS_PASSED_ON);
  await world.clock.run(2_000);
  return { world, anna, ben, mallory, link };
}

describe("a member who passes on a thousand knocks of nobody", () => {
  beforeAll(usePlatformCrypto);

  it("leaves places for those who do knock, and keeps nobody from talking on or throwing that member out", async () => {
    const { world, anna, ben, mallory, link } = await floodedMeeting();
    expect(anna.call?.knocks).toHaveLength(MAX_KNOCKS_PASSED_ON);
    expect(MAX_KNOCKS_PASSED_ON).toBeLessThan(MAX_KNOCKS);
    expect(anna.hears(ben) && ben.hears(anna)).toBe(true);
    const cleo = world.person("Cleo");
    world.knock(cleo, link);
    await world.until("Cleo is heard", () => anna.call?.knocks.length === MAX_KNOCKS_PASSED_ON + 1);
    anna.command({ type: "remove-member", member: mallory.id, reason: "knocks" });
    await world.until("Mallory is out", () => [anna, ben].every((one) => one.call?.participants.length === 2));
    expect(anna.call?.knocks, "only who does knock is left").toHaveLength(1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben, cleo]);
  });
});
