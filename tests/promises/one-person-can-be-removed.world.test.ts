import { describe, expect, it } from "vitest";
import { SWITCH_MS } from "../../core/keys/sender-key-types.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { KeyWitness } from "../support/world/key-witness.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

usePlatformCrypto();

const NAMES = ["Anna", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal"];
const WEATHERS = [
  { delayMs: 5, jitterMs: 0, loss: 0 },
  { delayMs: 50, jitterMs: 40, loss: 0.01 },
  { delayMs: 120, jitterMs: 100, loss: 0.05 },
];

/** A meeting of 3 to 8 in some weather, with somebody who sees every key. */
async function meetingIn(seed: number): Promise<{ world: World; people: Person[]; witness: KeyWitness }> {
  const world = new World(seed);
  const witness = new KeyWitness(world.clock);
  const people = NAMES.slice(0, 3 + (seed % 6)).map((name) => world.person(name));
  for (const person of people) witness.watch(person);
  const [starter, ...guests] = people;
  if (starter === undefined) throw new Error("nobody");
  const link = await world.start(starter);
  for (const guest of guests) await world.join(guest, link);
  await world.together(people);
  world.network.setAllWays(WEATHERS[seed % WEATHERS.length] ?? {});
  await world.clock.run(500 + seed * 37);
  witness.check();
  return { world, people, witness };
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("a removal in a meeting of some size, in some weather (%i)", (seed) => {
  it("takes exactly one person out, who can open nothing more, and the rest hear each other all the time but for the switch of keys", async () => {
    const { world, people, witness } = await meetingIn(seed);
    const removed = people[1 + (seed % (people.length - 1))];
    const [anna] = people;
    if (removed === undefined || anna === undefined) throw new Error("nobody");
    const rest = people.filter((person) => person !== removed);
    anna.command({ type: "remove-member", member: removed.id, reason: "shouts" });
    await world.until("the removed is told", () => removed.view?.screen === "ended", 60_000);
    expect(removed.frames.empty).toBe(true);
    await world.together(rest, 60_000);
    await world.clock.run(SWITCH_MS + 1);
    // Nobody who has gone holds, or can derive, what is sealed under now.
    witness.check();
    for (const person of rest) {
      expect(removed.frames.everReceived.has(person.frames.sealing()?.baseKey ?? "")).toBe(false);
      expect(person.call?.participants).toHaveLength(rest.length);
      expect(person.links.size).toBe(rest.length - 1);
    }
  });
});

describe("somebody removed", () => {
  it("has no link to anybody within 300 ms, and gets no word but that they are out, and then none", async () => {
    const world = new World(3);
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    for (const person of [ben, cleo]) {
      await mallory.reach(person);
      mallory.greet(person, "Mallory");
    }
    await world.clock.run(2_000);
    const { length: before } = mallory.heard;
    anna.command({ type: "remove-member", member: mallory.id, reason: "shouts" });
    await world.clock.run(300);
    expect(people.map((person) => mallory.isCutOffFrom(person))).toEqual([true, true, true]);
    for (const person of people) expect(person.links.generation(mallory.id)).toBe(0);
    const { length: after } = mallory.heard;
    const words = new Set(mallory.heard.slice(before).map(({ type }) => type));
    expect([...words].filter((type) => type !== "entries" && type !== "sync")).toEqual([]);
    anna.command({ type: "send-chat", text: "now that she has gone" });
    ben.command({ type: "set-media", media: { microphone: false, camera: false, screen: false } });
    await world.clock.run(30_000);
    expect(mallory.heard.slice(after)).toEqual([]);
  });

  it("knocks, with a fresh identity and the same invite, as everybody does from then on", async () => {
    const world = new World(4);
    const [anna, ben] = await world.meeting("Anna", "Ben");
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    const link = await world.invite(anna);
    const mallory = new Mallory(world, link);
    await mallory.enter(anna);
    anna.command({ type: "remove-member", member: mallory.id, reason: "shouts" });
    await world.until("she is out", () => [anna, ben].every(({ call }) => call?.participants.length === 2));
    const again = world.person("Somebody else");
    world.knock(again, link);
    await world.until("somebody must answer", () => [anna, ben].every(({ call }) => call?.knocks.length === 1));
    await world.clock.run(60_000);
    expect(again.call).toBeNull();
    expect(again.frames.everReceived.size).toBe(0);
    anna.command({ type: "refuse", knock: anna.call?.knocks[0]?.knock ?? 0, reason: "" });
    await world.until("they are refused", () => again.view?.screen === "ended");
    await world.together([anna, ben]);
  });
});
