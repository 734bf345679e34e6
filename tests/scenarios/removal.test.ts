import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

async function fourWithARemoval(world: World) {
  const [anna, ben, cleo, dan] = await world.meeting("Anna", "Ben", "Cleo", "Dan");
  if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined) throw new Error("nobody");
  return { anna, ben, cleo, dan, rest: [anna, ben, cleo] };
}

describe("a removal", () => {
  it("takes one person out, tells everybody why, and leaves the others talking under keys the removed never had", async () => {
    const world = new World();
    const { anna, dan, rest } = await fourWithARemoval(world);
    const known = new Set(dan.frames.everReceived);
    anna.command({ type: "remove-member", member: dan.id, reason: "shows what nobody wants to see" });
    await world.until("Dan is told", () => dan.view?.screen === "ended");
    expect(dan.view).toMatchObject({ cause: "removed", by: "Anna", reason: "shows what nobody wants to see" });
    expect(dan.frames.empty).toBe(true);
    await world.together(rest);
    for (const person of rest) {
      expect(person.call?.participants).toHaveLength(3);
      expect(person.call?.notices.at(-1)).toMatchObject({ kind: "removed", name: "Dan", byName: "Anna" });
    }
    await world.until("all seal under keys that Dan never had", () =>
      rest.every((person) => !known.has(person.frames.sealing()?.baseKey ?? "")),
    );
  });

  it("tells each frames worker in the same moment that nothing goes to the removed any more, also a worker that comes later", async () => {
    const world = new World();
    const { anna, dan, rest } = await fourWithARemoval(world);
    const { id } = dan;
    expect(rest.map((one) => one.frames.recipients.includes(id))).toEqual([true, true, true]);
    anna.command({ type: "remove-member", member: id, reason: "" });
    expect(anna.frames.recipients.includes(id)).toBe(false);
    await world.until("Dan is told", () => dan.view?.screen === "ended");
    for (const one of rest) {
      await world.until("the news", () => one.call?.participants.length === 3);
      expect(one.frames.recipients.includes(id)).toBe(false);
      one.loadPage();
      expect(one.frames.recipients).toHaveLength(2);
      expect(one.frames.recipients.includes(id)).toBe(false);
    }
  });

  it("is refused to somebody who is no moderator", async () => {
    const world = new World();
    const { ben, dan, anna } = await fourWithARemoval(world);
    ben.command({ type: "remove-member", member: dan.id, reason: "" });
    await world.clock.run(2_000);
    expect(anna.call?.participants).toHaveLength(4);
    expect(dan.call).not.toBeNull();
  });

  it("reaches a member who was cut off when it happened", async () => {
    const world = new World();
    const { anna, ben, cleo, dan } = await fourWithARemoval(world);
    world.network.partition([
      [anna.mesh, ben.mesh],
      [cleo.mesh, dan.mesh],
    ]);
    await world.until("the halves have lost each other", () => cleo.participant(anna)?.reachable === false, 60_000);
    anna.command({ type: "remove-member", member: dan.id, reason: "" });
    world.network.heal();
    await world.together([anna, ben, cleo], 60_000);
    expect(cleo.call?.participants).toHaveLength(3);
    await world.until("Dan is told", () => dan.view?.screen === "ended", 60_000);
  });
});

describe("a removal of several at once", () => {
  it("takes them all out by one word, and everybody else changes keys once", async () => {
    const world = new World();
    const names = ["Anna", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus"];
    const [anna, ben, cleo, ...crowd] = await world.meeting(...names);
    if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
    const rest = [anna, ben, cleo];
    await world.clock.run(5_000);
    const before = rest.map(({ frames }) => frames.everSealed.length);
    const members = [...crowd, crowd[0] ?? anna, anna].map(({ id }) => id);
    anna.command({ type: "remove-members", members, reason: "a raid" });
    await world.until("all of them are told", () => crowd.every(({ view }) => view?.screen === "ended"));
    for (const one of crowd) expect(one.view).toMatchObject({ cause: "removed", by: "Anna", reason: "a raid" });
    await world.together(rest);
    await world.clock.run(5_000);
    expect(rest.map(({ frames }) => frames.everSealed.length)).toEqual(before.map((count) => count + 1));
    for (const { call } of rest) {
      expect(call?.participants.map(({ name }) => name)).toEqual(["Anna", "Ben", "Cleo"]);
      expect(call?.notices.filter(({ kind }) => kind === "removed")).toHaveLength(crowd.length);
    }
  });

  it("is refused to somebody who is no moderator", async () => {
    const world = new World();
    const { ben, cleo, dan, anna } = await fourWithARemoval(world);
    ben.command({ type: "remove-members", members: [dan.id, cleo.id], reason: "" });
    await world.clock.run(2_000);
    expect(anna.call?.participants).toHaveLength(4);
  });
});
