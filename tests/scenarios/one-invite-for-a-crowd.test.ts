import { describe, expect, it } from "vitest";
import { CROWD_WINDOW_MS, MAX_ADMITTED_UNASKED } from "../../core/meeting/crowd.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

interface Crowded {
  readonly world: World;
  readonly anna: Person;
  readonly ben: Person;
  readonly link: string;
}

/** An open meeting in which Mallory has just made members of keys of its own, as many as its invite lets in by itself. */
async function crowdedMeeting(): Promise<Crowded> {
  const world = new World(21);
  const people = await world.meeting("Anna", "Ben");
  const [anna, ben] = people;
  if (anna === undefined || ben === undefined) throw new Error("nobody");
  const link = await world.invite(anna);
  const mallory = new Mallory(world, link);
  await mallory.enter(anna);
  for (let index = 10; index < 9 + MAX_ADMITTED_UNASKED; index++) {
    const request = mallory.request(mallory.newKey());
    const admit = mallory.sign({ type: "admit", request, index, capability: mallory.invitation });
    mallory.say(anna, { type: "entries", entries: [admit.bytes] });
  }
  const size = people.length + MAX_ADMITTED_UNASKED;
  await world.until("the crowd is in", () => people.every(({ call }) => call?.participants.length === size));
  return { world, anna, ben, link };
}

const isWaiting = ({ view }: Person): boolean => view?.screen === "lobby" && view.entry === "waiting";
const knockAt = ({ call }: Person): number => call?.knocks[0]?.knock ?? 0;

describe("one invite for a crowd", () => {
  it("lets in no more by itself: any member is asked, also in a meeting that anyone may enter", async () => {
    const { world, anna, ben, link } = await crowdedMeeting();
    const cleo = world.person("Cleo");
    world.knock(cleo, link);
    await world.until("both hear the knock", () => [anna, ben].every((one) => one.call?.knocks.length === 1));
    await world.until("Cleo is told to wait", () => isWaiting(cleo));
    ben.command({ type: "admit", knock: knockAt(ben) });
    await world.together([anna, ben, cleo]);
    const dan = world.person("Dan");
    world.knock(dan, link);
    await world.until("Dan waits, too", () => isWaiting(dan) && anna.call?.knocks.length === 1);
    anna.command({ type: "refuse", knock: knockAt(anna), reason: "" });
    await world.until("Dan is turned away", () => dan.view?.screen === "ended");
  });

  it("leaves another invite as good as it was", async () => {
    const { world, anna } = await crowdedMeeting();
    const cleo = world.person("Cleo");
    await world.join(cleo, await world.invite(anna));
    expect(anna.call?.knocks).toEqual([]);
  });

  it("lets people in by itself again when some time has passed", async () => {
    const { world, anna, link } = await crowdedMeeting();
    await world.clock.run(CROWD_WINDOW_MS);
    await world.join(world.person("Cleo"), link);
    expect(anna.call?.knocks).toEqual([]);
  });
});
