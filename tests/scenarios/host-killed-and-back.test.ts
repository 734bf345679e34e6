import { describe, expect, it, vi } from "vitest";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Few schedules on every change, many by night. */
const SEEDS = Array.from({ length: process.env["VIGIL_NIGHTLY"] === "1" ? 50 : 2 }, (_, index) => index + 1);

type Three = [Person, Person, Person];

/** What others see of somebody that must not change. */
function placeOf(viewer: Person, one: Person): unknown {
  const { participants } = viewer.call ?? {};
  const index = participants?.findIndex(({ id }) => id === one.id);
  const there = participants?.[index ?? -1];
  return { index, moderator: there?.moderator, joinedAt: there?.joinedAt, newcomer: there?.newcomer };
}

function isOne(people: readonly Person[]): boolean {
  const names = people.map(({ name }) => name).sort();
  return people.every(
    (one) =>
      one.hearsAll(people) &&
      one.code === people[0]?.code &&
      JSON.stringify(one.call?.participants.map(({ name }) => name).sort()) === JSON.stringify(names) &&
      one.call?.participants.every(({ away, reachable }) => reachable && !away),
  );
}

function noticed(people: readonly Person[]): string[] {
  return people.flatMap(({ call }) => call?.notices.map(({ kind }) => kind) ?? []);
}

/** Kills the host of somebody, lets time pass, and gives the person with a new host, and everybody with them in their places. */
async function killAndRevive(world: World, people: readonly Person[], gone: Person): Promise<[Person, Person[]]> {
  world.killHost(gone);
  await world.clock.run(4_000);
  const back = world.revive(gone);
  return [back, people.map((one) => (one === gone ? back : one))];
}

async function three(world: World): Promise<Three> {
  const people = (await world.meeting("Anna", "Ben", "Cleo")) as Three;
  await world.clock.run(15_000);
  return people;
}

describe("a host that is killed and back within ten seconds", () => {
  it.each(SEEDS.flatMap((seed) => (["closed", "silent"] as const).map((how) => [seed, how] as const)))(
    "has the same place for everybody, and nobody lets it in again (schedule %i, links %s)",
    async (seed, how) => {
      const world = new World(seed);
      const people = await three(world);
      const gone = people[seed % 3] as Person;
      const stay = people.filter((one) => one !== gone);
      const [viewer] = stay as [Person];
      const { id, code } = gone;
      const before = placeOf(viewer, gone);
      const epoch = gone.frames.sealing()?.epoch ?? 0;
      world.killHost(gone, how);
      await world.clock.run(4_000);
      const back = world.revive(gone);
      await world.until("all are one again", () => isOne([...stay, back]), 6_000);
      expect(back.id).toBe(id);
      expect(back.mesh.self).toBe(gone.mesh.self);
      expect(placeOf(viewer, back)).toEqual(before);
      // Nothing was written for it.
      expect(viewer.code).toBe(code);
      expect(new Set(noticed(stay))).toEqual(new Set(["joined"]));
      expect(back.frames.sealing()?.epoch).toBeGreaterThan(epoch);
      expect(back.frames.everSealed.filter((key) => gone.frames.everSealed.includes(key))).toEqual([]);
    },
  );

  it.each(["knock-any", "knock-moderator"] as const)(
    "needs nobody's answer where people knock (%s)",
    async (admission) => {
      const world = new World();
      const people = await three(world);
      const [anna, ben] = people;
      anna.command({ type: "set-policy", admission, removal: "moderators", inviting: "moderators" });
      anna.command({ type: "lock" });
      await world.until("it is locked", () => ben.call?.rules.locked === true);
      const [back, all] = await killAndRevive(world, people, ben);
      await world.until("all are one again", () => isOne(all), 6_000);
      expect(all.flatMap(({ call }) => call?.knocks)).toEqual([]);
      expect(back.call?.rules.locked).toBe(true);
    },
  );

  it("is the only moderator as before, and can act", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    const [back, all] = await killAndRevive(world, people, anna);
    await world.until("all are one again", () => isOne(all), 6_000);
    back.command({ type: "remove-member", member: cleo.id, reason: "shouts" });
    await world.until("Cleo is out", () => cleo.view?.screen === "ended");
    await world.together([back, ben]);
    expect(ben.call?.notices.at(-1)).toMatchObject({ kind: "removed", by: back.id });
  });

  it("has what the person knew and had chosen", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    const acts = { showNewcomers: true, chosen: [{ act: "mute" as const, member: anna.id, on: true }] };
    ben.command({ type: "keep-acts", acts });
    ben.command({ type: "set-media", media: { microphone: false, camera: true, screen: true } });
    ben.command({ type: "mark-compared", meetingCode: ben.code });
    ben.command({ type: "show-safety-number", member: cleo.id });
    ben.command({ type: "set-verified", member: cleo.id, verified: true });
    ben.command({ type: "set-hand", raised: true });
    await world.until("Ben's hand is up", () => anna.participant(ben)?.hand === 1);
    await world.clock.run(2_000);
    const startedAt = ben.call?.startedAt;
    const newcomers = ben.call?.participants.map(({ newcomer }) => newcomer);
    world.killHost(ben);
    const back = world.revive(ben);
    // At once, before anybody was reached.
    expect(back.call).toMatchObject({ acts, startedAt, codeCompared: "yes" });
    expect(back.call?.participants.map(({ name }) => name)).toEqual(["Anna", "Ben", "Cleo"]);
    expect(back.call?.participants.map(({ newcomer }) => newcomer)).toEqual(newcomers);
    expect(back.participant(cleo)?.verifiedAs).toBe("Cleo");
    expect(back.call?.participants[1]?.media).toEqual({ microphone: false, camera: true, screen: false });
    await world.until("all are one again", () => isOne([anna, back, cleo]), 6_000);
    expect(anna.participant(back)?.hand).toBe(1);
  });

  it("goes on behind what it wrote last, whoever holds that", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    anna.command({ type: "appoint", member: ben.id });
    await world.until("Ben may", () => ben.call?.participants[1]?.moderator === true);
    await world.clock.run(2_000);
    // The first word reaches Cleo alone, the second nobody.
    world.network.partition([[anna.mesh], [ben.mesh, cleo.mesh]]);
    ben.command({ type: "lock" });
    await world.until("Cleo knows", () => cleo.call?.rules.locked === true);
    world.network.partition([[anna.mesh], [ben.mesh], [cleo.mesh]]);
    ben.command({ type: "dismiss", member: anna.id });
    world.killHost(ben);
    world.network.partition([[cleo.mesh]]);
    const back = world.revive(ben);
    back.command({ type: "unlock" });
    await world.until("Anna knows", () => anna.call?.rules.locked === false && !anna.call.participants[0]?.moderator);
    world.network.heal();
    await world.until("all are one again", () => isOne([anna, back, cleo]), 60_000);
    expect(noticed([anna, back, cleo])).not.toContain("equivocated");
    expect(cleo.call?.rules.locked).toBe(false);
  });

  it("hears what it wrote itself before it writes more, should its window have missed that", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    world.loseWords(anna);
    anna.command({ type: "lock" });
    await world.until("the others know", () => ben.call?.rules.locked === true && cleo.call?.rules.locked === true);
    world.killHost(anna);
    const back = world.revive(anna);
    expect(back.call?.rules.locked).toBe(false);
    back.command({ type: "remove-member", member: cleo.id, reason: "shouts" });
    await world.until("Cleo is out", () => cleo.view?.screen === "ended", 6_000);
    await world.together([back, ben]);
    expect(noticed([back, ben])).not.toContain("equivocated");
    expect(back.call?.rules.locked).toBe(true);
  });

  it("writes also when nobody is left to hear from", async () => {
    const world = new World();
    const people = await three(world);
    for (const one of people) world.killHost(one);
    const back = world.revive(people[0]);
    back.command({ type: "lock" });
    await world.until("it is locked", () => back.call?.rules.locked === true, 6_000);
  });

  it("leaves for all to see, though it has just come back", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    world.network.partition([[cleo.mesh]]);
    const [back] = await killAndRevive(world, people, ben);
    await world.until("Anna is reached", () => back.participant(anna)?.reachable === true);
    back.command({ type: "leave" });
    await world.until("Anna is told", () => anna.call?.participants.length === 2);
    expect(world.revive(back).view?.screen).toBe("home");
  });

  it("is told when it was removed meanwhile, and can appeal", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    world.killHost(cleo);
    anna.command({ type: "remove-member", member: cleo.id, reason: "shouts" });
    await world.until("Ben knows", () => ben.call?.participants.length === 2);
    const back = world.revive(cleo);
    await world.until("Cleo is told", () => back.view?.screen === "ended", 6_000);
    expect(back.view).toMatchObject({ cause: "removed", by: "Anna", reason: "shouts", appeal: "possible" });
    expect(back.frames.empty).toBe(true);
    expect(back.frames.everReceived.size).toBe(0);
    expect(world.revive(back).view?.screen).toBe("home");
  });

  it("meets who came meanwhile, and a page that was reloaded meanwhile has its certificate in the log", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    const link = await world.invite(anna);
    world.killHost(ben);
    const dan = world.person("Dan");
    await world.join(dan, link);
    cleo.command({ type: "leave" });
    await world.until("Cleo has left", () => dan.call?.participants.length === 3);
    const { code } = anna;
    const back = world.revive(ben, "new page");
    await world.until("all are one again", () => isOne([anna, back, dan]), 10_000);
    expect(anna.code).not.toBe(code);
    for (const one of [anna, dan]) expect(one.links.fingerprint(back.id)).toBe(back.fingerprint);
    expect(back.call?.participants.map(({ name, newcomer }) => [name, newcomer])).toEqual([
      ["Anna", false],
      ["Ben", false],
      ["Dan", true],
    ]);
  });

  it("is found by those whom it cannot dial, and numbers its links above those that were", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    for (let number = 2; number <= 7; number++) {
      await world.clock.run(10_000);
      anna.links.lose(ben.id);
      await world.until("there is a new link", () => anna.links.generation(ben.id) === number && anna.hears(ben));
    }
    world.killHost(ben);
    // The page closes its links when its host is gone.
    anna.links.lose(ben.id);
    const back = world.revive(ben);
    const dial = back.mesh.dial.bind(back.mesh);
    vi.spyOn(back.mesh, "dial").mockImplementation((peer, addresses) => {
      if (peer !== anna.mesh.self) dial(peer, addresses);
    });
    await world.until("all are one again", () => isOne([anna, back, cleo]), 3_000);
    expect(back.links.generation(anna.id)).toBeGreaterThan(7);
  });

  it("finds the others also when another has come back right before", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    world.killHost(anna);
    const first = world.revive(anna);
    await world.until("Ben knows where Anna is", () => ben.participant(first)?.reachable === true && ben.hears(first));
    world.killHost(ben);
    world.killHost(cleo);
    const second = world.revive(ben);
    await world.until("they are one again", () => first.hears(second) && second.hears(first), 6_000);
  });

  it("can be killed again before it has reached anybody", async () => {
    const world = new World();
    const people = await three(world);
    const [anna, ben, cleo] = people;
    world.killHost(ben);
    const second = world.revive(ben);
    world.killHost(second);
    const third = world.revive(second);
    await world.until("all are one again", () => isOne([anna, third, cleo]), 6_000);
    expect(third.id).toBe(anna.call?.participants[1]?.id);
  });

  it("has no place after two minutes", async () => {
    const world = new World();
    const [, ben] = await three(world);
    world.killHost(ben);
    await world.clock.run(2 * 60_000);
    expect(world.revive(ben).view?.screen).toBe("home");
  });
});
