import { describe, expect, it } from "vitest";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

interface Scene {
  readonly world: World;
  readonly people: readonly Person[];
  readonly anna: Person;
  readonly ben: Person;
  readonly link: string;
  readonly mallory: Mallory;
}

/** Anna and Ben in a call, and Mallory admitted with a channel to each of them. */
async function threeWithMallory(name = "Mallory"): Promise<Scene> {
  const world = new World(5);
  const people = await world.meeting("Anna", "Ben");
  const [anna, ben] = people;
  if (anna === undefined || ben === undefined) throw new Error("nobody");
  const link = await world.invite(anna);
  const mallory = new Mallory(world, link);
  await mallory.enter(anna, name);
  await mallory.reach(ben);
  mallory.greet(ben, name);
  await world.clock.run(2_000);
  return { world, people, anna, ben, link, mallory };
}

describe("a malicious member", () => {
  it("that sends an entry that does not verify beside one whose parents are missing costs its own link and nothing else", async () => {
    const { world, people, anna, mallory } = await threeWithMallory();
    const orphan = mallory.sign(mallory.device(), [mallory.unknownParent()]);
    mallory.say(anna, { type: "entries", entries: [mallory.bytes(200), orphan.bytes] });
    await world.until("it is cut off", () => mallory.isCutOffFrom(anna));
    await world.together(people);
  });

  it("that leaves more loose ends in the log than a message can name keeps nobody from coming back or in", async () => {
    const { world, people, anna, ben, link, mallory } = await threeWithMallory();
    const loose = Array.from({ length: 70 }, () => mallory.sign(mallory.device()).bytes);
    for (const entry of loose) mallory.say(anna, { type: "entries", entries: [entry] });
    await world.clock.run(1_000);
    world.network.cut(anna.mesh, ben.mesh);
    await world.clock.run(100);
    await world.together(people);
    const cleo = world.person("Cleo");
    await world.join(cleo, link);
    await world.together([...people, cleo]);
  });

  it("that crowds the log's ends can neither keep somebody from leaving nor keep others from removing its puppet", async () => {
    const { world, people, anna, link, mallory } = await threeWithMallory();
    const puppet = mallory.newKey();
    const step = mallory.sign(mallory.device());
    const admit = mallory.sign(
      { type: "admit", request: mallory.request(puppet), index: 9, capability: mallory.capability() },
      [step.id],
    );
    const crowd = Array.from({ length: 60 }, () => mallory.sign(mallory.device()).bytes);
    mallory.say(anna, { type: "entries", entries: [step.bytes, admit.bytes] });
    mallory.say(anna, { type: "entries", entries: crowd });
    await world.until("the puppet is listed", () => anna.call?.participants.length === 4);
    const listed = anna.call?.participants.find(({ name }) => name === "");
    if (listed === undefined) throw new Error("no puppet");
    anna.command({ type: "remove-member", member: listed.id, reason: "a puppet" });
    await world.until("the puppet is gone", () => people.every((one) => one.call?.participants.length === 3));
    const cleo = world.person("Cleo");
    await world.join(cleo, link);
    await world.until("Cleo is listed", () => people.every((one) => one.call?.participants.length === 4));
    cleo.command({ type: "leave" });
    await world.until("Cleo has left", () => people.every((one) => one.call?.participants.length === 3));
  });
});
