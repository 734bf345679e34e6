import { describe, expect, it } from "vitest";
import { SILENCE_LIMIT_MS } from "../../core/mesh/limits.ts";
import { AWAY_MS } from "../../core/meeting/limits.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

const NOTICED_MS = SILENCE_LIMIT_MS + 1_000;

async function three(): Promise<{ world: World; anna: Person; ben: Person; cleo: Person }> {
  const world = new World(51);
  const [anna, ben, cleo] = await world.meeting("Anna", "Ben", "Cleo");
  if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
  return { world, anna, ben, cleo };
}

const seen = (by: Person, other: Person): boolean | undefined => by.participant(other)?.away;

describe("a member whose machine has died", () => {
  it("is away after two minutes for everybody who is left, and the log says nothing of it", async () => {
    const { world, anna, ben, cleo } = await three();
    const { code } = anna;
    world.network.kill(cleo.mesh);
    await world.clock.run(NOTICED_MS);
    expect([anna, ben].map((one) => one.participant(cleo)?.reachable)).toEqual([false, false]);
    expect([anna, ben].map((one) => seen(one, cleo))).toEqual([false, false]);
    await world.clock.run(AWAY_MS);
    expect([anna, ben].map((one) => seen(one, cleo))).toEqual([true, true]);
    expect([seen(anna, ben), seen(ben, anna)]).toEqual([false, false]);
    expect([anna.code, ben.code]).toEqual([code, code]);
  });
});

describe("a member who is cut off", () => {
  it("for a moment is not away, and after a long while is no more as soon as it is back", async () => {
    const { world, anna, ben, cleo } = await three();
    const apart = (): void => world.network.partition([[anna.mesh, ben.mesh], [cleo.mesh]]);
    apart();
    await world.clock.run(AWAY_MS / 2);
    world.network.heal();
    await world.together([anna, ben, cleo]);
    await world.clock.run(AWAY_MS);
    expect(seen(anna, cleo)).toBe(false);
    apart();
    await world.clock.run(AWAY_MS + NOTICED_MS);
    expect([seen(anna, cleo), seen(cleo, anna), seen(cleo, ben)]).toEqual([true, true, true]);
    world.network.heal();
    await world.until("nobody is away", () => !seen(anna, cleo) && !seen(cleo, anna) && !seen(cleo, ben));
  });
});
