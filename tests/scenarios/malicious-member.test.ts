import { describe, expect, it } from "vitest";
import { MAX_INVITE_CHARACTERS } from "../../core/contract/limits.ts";
import { MAX_MEDIA_PER_WINDOW } from "../../core/meeting/limits.ts";
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
  const world = new World(5, "members");
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
    world.knock(cleo, link);
    await world.until("Cleo knocks", () => (anna.call?.knocks.length ?? 0) === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.until("Cleo is listed", () => people.every((one) => one.call?.participants.length === 4));
    cleo.command({ type: "leave" });
    await world.until("Cleo has left", () => people.every((one) => one.call?.participants.length === 3));
  });

  it("without a name is announced all the same", async () => {
    const { world, people, mallory } = await threeWithMallory("\u202e\u200b");
    await world.until("both are told", () =>
      people.every(({ call }) => call?.notices.some(({ kind, member }) => kind === "joined" && member === mallory.id)),
    );
  });

  it("that never comes after being let in is announced all the same", async () => {
    const { world, people, anna, mallory } = await threeWithMallory();
    const absent = mallory.newKey();
    const admit = mallory.sign({
      type: "admit",
      request: mallory.request(absent),
      index: 9,
      capability: mallory.capability(),
    });
    mallory.say(anna, { type: "entries", entries: [admit.bytes] });
    const isTold = ({ call }: Person): boolean =>
      call?.notices.some(({ kind, by }) => kind === "joined" && by === mallory.id) ?? false;
    await world.until("both are told", () => people.every(isTold));
  });

  it("that asks for media links without end makes the page build a few", async () => {
    const { world, people, anna, mallory } = await threeWithMallory();
    let built = 0;
    anna.runner.subscribe((output) => {
      if (output.channel === "media" && output.body.type === "open-link" && output.body.member === mallory.id) built++;
    });
    for (let generation = 100; generation < 400; generation++) mallory.say(anna, { type: "open-media", generation });
    await world.clock.run(1_000);
    expect(built).toBeGreaterThan(0);
    expect(built).toBeLessThanOrEqual(MAX_MEDIA_PER_WINDOW);
    await world.together(people);
  });
});

describe("somebody removed", () => {
  it("who still has the link and makes a new key does not come in by it alone", async () => {
    const { world, people, anna, link, mallory } = await threeWithMallory();
    anna.command({ type: "remove-member", member: mallory.id, reason: "" });
    await world.until("Mallory is out", () => people.every((one) => one.call?.participants.length === 2));
    const again = world.person("Mallory again");
    world.knock(again, link);
    await world.until("somebody must answer", () => (anna.call?.knocks.length ?? 0) === 1);
    await world.clock.run(5_000);
    expect(again.call).toBeNull();
    expect(anna.call?.participants).toHaveLength(2);
  });
});

describe("a link from outside", () => {
  it("that is longer than any invite does not break the home screen", () => {
    const anna = new World().person("Anna");
    anna.runner.dispatch({ type: "external-invite", link: `vigil://join/#${"A".repeat(4_000)}` });
    expect(anna.view).toMatchObject({ screen: "home" });
    expect(anna.view?.screen === "home" && anna.view.invite.length).toBe(MAX_INVITE_CHARACTERS);
  });
});
