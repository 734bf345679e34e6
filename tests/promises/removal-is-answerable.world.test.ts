import { describe, expect, it } from "vitest";
import { memberIdOf } from "../../core/base/member-id.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

const REASON = "shows what nobody wants to see";
const WORDS = "I was the one who asked for quiet";

interface Scene {
  readonly world: World;
  readonly anna: Person;
  readonly rest: readonly Person[];
  readonly dan: Person;
  readonly id: Person["id"];
}

/** Dan has been removed by Anna; time between all of them is as the weather makes it. */
async function danRemoved(seed: number): Promise<Scene> {
  const world = new World(seed);
  const [anna, ben, cleo, dan] = await world.meeting("Anna", "Ben", "Cleo", "Dan");
  if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined) throw new Error("nobody");
  world.network.setAllWays({ delayMs: 10 * seed, jitterMs: 15 * seed, loss: 0.01 * seed });
  const { id } = dan;
  anna.command({ type: "remove-member", member: id, reason: REASON });
  const rest = [anna, ben, cleo];
  await world.until("Dan is told", () => dan.view?.screen === "ended", 60_000);
  await world.until("all see it", () => rest.every(({ call }) => call?.participants.length === 3), 60_000);
  return { world, anna, rest, dan, id };
}

/** What the screen of somebody says of removals; each numbers its own lines, and says when it heard. */
function record(person: Person) {
  const removals = person.call?.notices.filter(({ kind }) => kind === "removed") ?? [];
  return removals.map(({ member, name, by, byName, reason }) => ({ member, name, by, byName, reason }));
}

function vote({ rest, id }: Scene, voters: number): void {
  for (const voter of rest.slice(0, voters)) {
    voter.command({ type: "vote", motion: "readmit", member: id, approve: true, reason: "" });
  }
}

describe.each([1, 2, 3])("a removal (schedule %i)", (seed) => {
  it("is dated, names who did it, carries its reason, and is the same for all: for the removed, too", async () => {
    const { world, anna, rest, dan, id } = await danRemoved(seed);
    const told = [{ member: id, name: "Dan", by: anna.id, byName: "Anna", reason: REASON }];
    expect(rest.map(record)).toEqual([told, told, told]);
    expect(dan.view).toMatchObject({ cause: "removed", by: "Anna", reason: REASON, appeal: "possible" });
    const times = [
      ...rest.flatMap(({ call }) => call?.notices.at(-1)?.at ?? []),
      dan.view?.screen === "ended" ? dan.view.at : 0,
    ];
    expect(times).toHaveLength(4);
    for (const at of times) expect(Math.abs(at - world.clock.now())).toBeLessThan(60_000);
  });

  it("is answered by one message of the removed that everybody reads, and undone by more than half", async () => {
    const scene = await danRemoved(seed);
    const { world, rest, dan, id } = scene;
    dan.command({ type: "appeal", text: WORDS });
    await world.until(
      "the appeal is shown",
      () => rest.every(({ call }) => call?.rules.motions[0]?.appeal === WORDS),
      60_000,
    );
    for (const { call } of rest) {
      expect(call?.rules.motions).toMatchObject([{ motion: "readmit", member: id, approvals: 0, needed: 2 }]);
    }
    dan.command({ type: "appeal", text: "and another thing" });
    vote(scene, 1);
    await world.clock.run(10_000);
    expect(rest.map(({ call }) => call?.rules.motions[0]?.appeal)).toEqual([WORDS, WORDS, WORDS]);
    expect(dan.call).toBeNull();
    vote(scene, 2);
    await world.until("Dan is back", () => dan.call !== null, 60_000);
    await world.together([...rest, dan], 60_000);
    expect(dan.id).toBe(id);
  });
});

describe("what a removal is made of", () => {
  it("is an entry of the log with its author's signature: without it, it is nothing", async () => {
    const world = new World(8);
    const [anna, ben, dan] = await world.meeting("Anna", "Ben", "Dan");
    if (anna === undefined || ben === undefined || dan === undefined) throw new Error("nobody");
    const { id } = dan;
    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    // Her own signature under a removal, by one who may remove nobody; then one whose signature is not right.
    const own = mallory.sign({ type: "remove", member: id, reason: REASON });
    const forged = Uint8Array.from(own.bytes, (byte, at) => (at === own.bytes.length - 1 ? byte ^ 1 : byte));
    for (const entry of [own.bytes, forged]) {
      if (mallory.isCutOffFrom(anna)) await mallory.reach(anna);
      mallory.say(anna, { type: "entries", entries: [entry] });
      await world.clock.run(2_000);
    }
    expect([anna, ben, dan].map(({ call }) => call?.participants.some((one) => one.id === id))).toEqual([
      true,
      true,
      true,
    ]);

    anna.command({ type: "remove-member", member: id, reason: REASON });
    if (mallory.isCutOffFrom(anna)) await mallory.reach(anna);
    mallory.greet(anna, "Mallory");
    const annas = () =>
      mallory.log.entries.find(
        ({ entry: { body, author } }) => body.type === "remove" && memberIdOf(author) === anna.id,
      );
    await world.until("it is in her log", () => annas() !== undefined);
    const removal = annas()?.entry;
    // Her log takes nothing that is not signed by whom it names.
    expect(removal?.body).toEqual({ type: "remove", member: id, reason: REASON });
    expect(Math.abs((removal?.time ?? 0) - world.clock.now())).toBeLessThan(60_000);
  });
});
