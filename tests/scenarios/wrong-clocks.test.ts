import { describe, expect, it } from "vitest";
import type { Notice } from "../../core/contract/snapshots.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

const YEAR_MS = 365 * 24 * 60 * 60_000;

describe("a clock that is wrong by a year", () => {
  it("of a newcomer, ahead: the invite has expired, it says, and nothing is dialled", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const link = await world.start(anna);
    const ben = world.person("Ben", { clockOffMs: YEAR_MS });
    ben.command({ type: "open-invite", name: "Ben", invite: link });
    expect(ben.snapshot).toMatchObject({ view: { screen: "home" }, problem: "invite-expired" });
    expect(ben.hasMesh).toBe(false);
  });

  it("of a newcomer, behind: they come in, since the clock of those who let in counts", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const link = await world.start(anna);
    const ben = world.person("Ben", { clockOffMs: -YEAR_MS });
    await world.join(ben, link);
    await world.together([anna, ben]);
  });

  it("of the one who made the invite, behind: everybody else is told that it has expired", async () => {
    const world = new World();
    const anna = world.person("Anna", { clockOffMs: -YEAR_MS });
    const link = await world.start(anna);
    const ben = world.person("Ben");
    ben.command({ type: "open-invite", name: "Ben", invite: link });
    expect(ben.snapshot).toMatchObject({ view: { screen: "home" }, problem: "invite-expired" });
  });

  it("of the one who made the invite, ahead: people come in by it, each other's clocks notwithstanding", async () => {
    const world = new World();
    const anna = world.person("Anna", { clockOffMs: YEAR_MS });
    const link = await world.start(anna);
    const [ben, cleo] = [world.person("Ben"), world.person("Cleo", { clockOffMs: -YEAR_MS })];
    await world.join(ben, link);
    await world.join(cleo, link);
    await world.together([anna, ben, cleo]);
  });
});

describe("two newcomers who are let in at the same time, each by another half of a meeting", () => {
  it("may have one index between them, and hear each other and everybody", async () => {
    const world = new World();
    const [anna, ben] = await world.meeting("Anna", "Ben");
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    const invites = [await world.invite(anna), await world.invite(ben)];
    world.network.partition([[anna.mesh], [ben.mesh]]);
    await world.until("they are apart", () => anna.participant(ben)?.reachable === false);
    const [cleo, dan] = [world.person("Cleo"), world.person("Dan")];
    for (const [guest, place] of [
      [cleo, 0],
      [dan, 1],
    ] as const) {
      guest.command({ type: "open-invite", name: guest.name, invite: invites[place] ?? "" });
      await world.until("there is a mesh", () => guest.hasMesh);
    }
    world.network.partition([
      [anna.mesh, cleo.mesh],
      [ben.mesh, dan.mesh],
    ]);
    for (const guest of [cleo, dan]) guest.enter();
    await world.until("both are in", () => cleo.call !== null && dan.call !== null, 60_000);
    expect(cleo.frames.sealing()?.index).toBe(2);
    expect(dan.frames.sealing()?.index).toBe(2);
    world.network.heal();
    await world.together([anna, ben, cleo, dan], 60_000);
    expect(cleo.frames.sealing()?.index).toBe(dan.frames.sealing()?.index);
  });
});

describe("what is told of somebody's acts", () => {
  it("is dated as they signed it, the same for whoever heard of it later, too", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people as [Person, Person, Person];
    world.network.partition([[anna.mesh, ben.mesh], [cleo.mesh]]);
    const at = world.clock.now();
    anna.command({ type: "lock" });
    await world.clock.run(60_000);
    world.network.heal();
    const told = (one: Person): Notice | undefined => one.call?.notices.find(({ kind }) => kind === "locked");
    await world.until("all are told", () => people.every((one) => told(one) !== undefined), 60_000);
    expect(people.map((one) => told(one)?.at)).toEqual([at, at, at]);
    expect(people.map((one) => told(one)?.misdated)).toEqual([false, false, false]);
  });

  it("is dated by who hears of it, and marked, where their clock was off by a year", async () => {
    for (const off of [YEAR_MS, -YEAR_MS]) {
      const world = new World();
      const [anna, ben] = [world.person("Anna"), world.person("Ben", { clockOffMs: off })];
      // By a clock that is ahead no invite of today is good: it is Ben's meeting then.
      const [host, guest] = off > 0 ? [ben, anna] : [anna, ben];
      await world.join(guest, await world.start(host));
      if (host === anna) anna.command({ type: "appoint", member: ben.id });
      await world.until("Ben may", () => ben.call?.participants.find(({ self }) => self)?.moderator === true);
      await world.until("Ben is known", () => anna.participant(ben)?.reachable === true);
      ben.command({ type: "lock" });
      const told = (one: Person): Notice | undefined => one.call?.notices.find(({ kind }) => kind === "locked");
      await world.until("Anna is told", () => told(anna) !== undefined);
      expect(told(anna)).toMatchObject({ misdated: true });
      expect(Math.abs((told(anna)?.at ?? 0) - world.clock.now())).toBeLessThan(60_000);
    }
  });
});
