import { describe, expect, it } from "vitest";
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
