import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

usePlatformCrypto();

/** Who has a hand up on somebody's screen, in the order that the screen gives. */
function lineOn(person: Person): string[] {
  const up = (person.call?.participants ?? []).filter(({ hand }) => hand > 0);
  const line = up.sort((a, b) => a.hand - b.hand);
  expect(line.map(({ hand }) => hand)).toEqual(line.map((_one, index) => index + 1));
  return line.map(({ name }) => name);
}

function raise(...people: readonly Person[]): void {
  for (const person of people) person.command({ type: "set-hand", raised: true });
}

function lower(person: Person): void {
  person.command({ type: "set-hand", raised: false });
}

async function lineIs(world: World, people: readonly Person[], names: readonly string[]): Promise<void> {
  const wanted = names.join();
  await world.until(`the line is ${wanted}`, () => people.every((person) => lineOn(person).join() === wanted));
}

async function four(world: World): Promise<[Person, Person, Person, Person]> {
  const [anna, ben, cleo, dan] = await world.meeting("Anna", "Ben", "Cleo", "Dan");
  if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined) throw new Error("nobody");
  return [anna, ben, cleo, dan];
}

describe("raised hands", () => {
  it("stand in the order in which they went up, whatever the clocks say", async () => {
    const world = new World();
    const anna = world.person("Anna", { clockOffMs: 3_600_000 });
    const ben = world.person("Ben", { clockOffMs: -3_600_000 });
    const cleo = world.person("Cleo");
    const people = [anna, ben, cleo];
    const link = await world.start(anna);
    await world.join(ben, link);
    await world.join(cleo, link);
    await world.together(people);
    raise(anna);
    await lineIs(world, people, ["Anna"]);
    raise(cleo);
    await lineIs(world, people, ["Anna", "Cleo"]);
    raise(ben);
    await lineIs(world, people, ["Anna", "Cleo", "Ben"]);
    lower(anna);
    await lineIs(world, people, ["Cleo", "Ben"]);
    raise(anna);
    await lineIs(world, people, ["Cleo", "Ben", "Anna"]);
  });

  it.each([1, 2, 3, 4, 5])("raised in the same moment stand in one order on all screens (world %i)", async (seed) => {
    const world = new World(seed);
    const people = await four(world);
    raise(...people);
    await world.until("all are up everywhere", () => people.every((person) => lineOn(person).length === 4));
    const byId = [...people].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ name }) => name);
    await lineIs(world, people, byId);
  });

  it.each([1, 2, 3])("raised on both sides of a split end in one order everywhere (world %i)", async (seed) => {
    const world = new World(seed);
    const people = await four(world);
    const [anna, ben, cleo, dan] = people;
    world.network.partition([
      [anna.mesh, ben.mesh],
      [cleo.mesh, dan.mesh],
    ]);
    raise(ben);
    await lineIs(world, [anna, ben], ["Ben"]);
    raise(anna);
    raise(dan);
    await lineIs(world, [anna, ben], ["Ben", "Anna"]);
    await lineIs(world, [cleo, dan], ["Dan"]);
    world.network.heal();
    // Ben and Dan each were the first they knew of; Anna knew of one before her.
    const first = ben.id < dan.id ? ["Ben", "Dan"] : ["Dan", "Ben"];
    await lineIs(world, people, [...first, "Anna"]);
    raise(cleo);
    await lineIs(world, people, [...first, "Anna", "Cleo"]);
  });

  it("go down with whoever leaves, and are not waited for when somebody is away", async () => {
    const world = new World();
    const people = await four(world);
    const [anna, ben, cleo, dan] = people;
    raise(anna);
    await lineIs(world, people, ["Anna"]);
    raise(ben);
    await lineIs(world, people, ["Anna", "Ben"]);
    raise(cleo);
    await lineIs(world, people, ["Anna", "Ben", "Cleo"]);
    anna.command({ type: "leave" });
    await lineIs(world, [ben, cleo, dan], ["Ben", "Cleo"]);
    world.network.kill(ben.mesh);
    await world.until("Ben is away", () => cleo.participant(ben)?.away === true, 200_000);
    await lineIs(world, [cleo, dan], ["Cleo"]);
  });

  it("are told to a newcomer, and to whoever was out of reach when they went down", async () => {
    const world = new World();
    const [anna, ben, cleo, dan] = await four(world);
    raise(cleo);
    await lineIs(world, [anna, ben, cleo, dan], ["Cleo"]);
    raise(ben);
    await lineIs(world, [anna, ben, cleo, dan], ["Cleo", "Ben"]);
    const eve = world.person("Eve");
    await world.join(eve, await world.invite(anna));
    await lineIs(world, [eve], ["Cleo", "Ben"]);
    raise(eve);
    await lineIs(world, [anna, dan, eve], ["Cleo", "Ben", "Eve"]);

    world.network.partition([[cleo.mesh], [anna.mesh, ben.mesh, dan.mesh, eve.mesh]]);
    await world.until("it is seen", () => cleo.participant(ben)?.reachable === false, 60_000);
    lower(cleo);
    lower(ben);
    await lineIs(world, [anna, dan], ["Cleo", "Eve"]);
    world.network.heal();
    await lineIs(world, [anna, ben, cleo, dan, eve], ["Eve"]);
  });

  it("of a cheater stand anywhere, and leave the order of the others as it is", async () => {
    const world = new World();
    const people = await four(world);
    const [anna, ben, cleo] = people;
    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    for (const person of [ben, cleo]) {
      await mallory.reach(person);
      mallory.greet(person, "Mallory");
    }
    const seen = [anna, ben, cleo];
    const says = (ticket: number) => seen.forEach((person) => mallory.say(person, { type: "hand", ticket }));
    says(Number.MAX_SAFE_INTEGER);
    await lineIs(world, seen, ["Mallory"]);
    raise(ben);
    await lineIs(world, seen, ["Ben", "Mallory"]);
    raise(cleo);
    await lineIs(world, seen, ["Ben", "Cleo", "Mallory"]);
    says(1_000_000);
    raise(anna);
    await lineIs(world, seen, ["Ben", "Cleo", "Anna", "Mallory"]);
    lower(ben);
    lower(anna);
    await lineIs(world, seen, ["Cleo", "Mallory"]);
    // Cutting in line is all there is to be had.
    raise(ben);
    await lineIs(world, seen, ["Cleo", "Mallory", "Ben"]);
    says(1);
    await world.until("Mallory is among the first", () => seen.every((person) => lineOn(person)[2] === "Ben"));
  });

  it("moved up and down without end are dropped unread, and the member's own people lose none", async () => {
    const world = new World();
    const people = await four(world);
    const [anna, ben] = people;
    for (let time = 0; time < 60; time++) {
      raise(ben);
      lower(ben);
    }
    raise(ben);
    await world.clock.run(200);
    const own = lineOn(ben);
    await lineIs(world, people, own);
    await world.clock.run(10_000);
    lower(ben);
    raise(ben);
    await lineIs(world, people, ["Ben"]);

    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    for (let time = 0; time < 200; time++) mallory.say(anna, { type: "hand", ticket: (time + 1) % 2 });
    mallory.say(anna, { type: "hand", ticket: 9 });
    await world.clock.run(500);
    expect(lineOn(anna)).toEqual(["Ben"]);
    expect(mallory.isCutOffFrom(anna)).toBe(false);
  });
});

describe("reactions", () => {
  const shownOn = (person: Person, of: Person) =>
    person.call?.participants.find(({ id }) => id === of.id)?.reaction?.kind ?? null;

  it("are shown everywhere for a few seconds, and to no newcomer", async () => {
    const world = new World();
    const people = await four(world);
    const [anna, , , dan] = people;
    dan.command({ type: "react", kind: "applause" });
    await world.until("all see it", () => people.every((person) => shownOn(person, dan) === "applause"), 1_000);
    const first = anna.participant(dan)?.reaction?.id;
    await world.clock.run(3_000);
    dan.command({ type: "react", kind: "applause" });
    await world.clock.run(3_000);
    expect(people.map((person) => shownOn(person, dan))).toEqual(people.map(() => "applause"));
    expect(anna.participant(dan)?.reaction?.id).not.toBe(first);
    const eve = world.person("Eve");
    await world.join(eve, await world.invite(anna));
    expect(shownOn(eve, dan)).toBeNull();
    await world.until("it is gone", () => people.every((person) => shownOn(person, dan) === null), 6_000);
  });

  it("go by themselves where nothing else happens", async () => {
    const world = new World();
    const anna = world.person("Anna");
    await world.start(anna);
    anna.command({ type: "react", kind: "surprise" });
    await world.clock.run(4_900);
    expect(shownOn(anna, anna)).toBe("surprise");
    await world.clock.run(200);
    expect(shownOn(anna, anna)).toBeNull();
  });

  it("without end are dropped unread, from a person and from a client that keeps no rules", async () => {
    const world = new World();
    const people = await four(world);
    const [anna, ben] = people;
    for (let time = 0; time < 5; time++) ben.command({ type: "react", kind: "heart" });
    ben.command({ type: "react", kind: "laugh" });
    await world.clock.run(500);
    expect(people.map((person) => shownOn(person, ben))).toEqual(people.map(() => "heart"));

    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    const kindOn = () => anna.call?.participants.find(({ id }) => id === mallory.id)?.reaction?.kind;
    for (let time = 0; time < 8; time++) mallory.say(anna, { type: "reaction", kind: 0 });
    for (let time = 0; time < 100; time++) mallory.say(anna, { type: "reaction", kind: 3 });
    await world.clock.run(500);
    expect(kindOn()).toBe("thumbs-up");
    expect(mallory.isCutOffFrom(anna)).toBe(false);
  });
});
