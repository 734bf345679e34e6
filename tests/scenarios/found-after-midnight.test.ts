import { beforeEach, describe, expect, it } from "vitest";
import { decodeInvite, encodeInvite } from "../../core/wire/invite.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

const MINUTE_MS = 60_000;

describe("a meeting that goes on over midnight", () => {
  let world: World;
  let anna: Person;
  let link: string;

  /** Anna's meeting, which others find only by local discovery: her invite names no address. */
  beforeEach(async () => {
    world = new World(41);
    anna = world.person("Anna", { localDiscovery: true });
    const invite = decodeInvite(await world.start(anna));
    if (!invite.ok) throw invite.error;
    const bare = encodeInvite({ ...invite.value, addresses: [] });
    if (!bare.ok) throw bare.error;
    link = bare.value;
  });

  const untilMidnight = (): number => {
    const day = 24 * 60 * MINUTE_MS;
    return day - (world.clock.now() % day);
  };

  const isFoundBy = async (name: string, clockOffMs = 0): Promise<void> => {
    const guest = world.person(name, { localDiscovery: true, clockOffMs });
    await world.join(guest, link);
    await world.together([anna, guest]);
    guest.command({ type: "leave" });
  };

  it("is found before, right after, and long after", async () => {
    await isFoundBy("Ben");
    await world.clock.run(untilMidnight() + MINUTE_MS);
    await isFoundBy("Cleo");
    await world.clock.run(30 * MINUTE_MS);
    await isFoundBy("Dan");
  });

  it("is found by somebody whose clock is behind or ahead", async () => {
    await world.clock.run(untilMidnight() - 2 * MINUTE_MS);
    await isFoundBy("Ben", 5 * MINUTE_MS);
    await world.clock.run(4 * MINUTE_MS);
    await isFoundBy("Cleo", -5 * MINUTE_MS);
  });

  it("is not announced under yesterday's tag for long", async () => {
    const announced: (readonly string[])[] = [];
    const { mesh } = anna;
    const announceAs = mesh.announceAs.bind(mesh);
    mesh.announceAs = (tags) => {
      announced.push(tags);
      announceAs(tags);
    };
    await world.clock.run(untilMidnight() - 1);
    expect(announced).toEqual([]);
    await world.clock.run(2);
    expect(announced.map(({ length }) => length)).toEqual([2]);
    await world.clock.run(15 * MINUTE_MS);
    expect(announced.map(({ length }) => length)).toEqual([2, 1]);
    expect(announced[1]).toEqual(announced[0]?.slice(0, 1));
  });
});
