import { describe, expect, it } from "vitest";
import { ENTRIES } from "../../core/meeting/limits.ts";
import type { EntryId } from "../../core/membership/ids.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Anna and Ben in a call, and Mallory admitted with a channel to Anna. */
async function withMallory(): Promise<{ world: World; people: Person[]; anna: Person; mallory: Mallory }> {
  const world = new World(9);
  const people = await world.meeting("Anna", "Ben");
  const [anna] = people;
  if (anna === undefined) throw new Error("nobody");
  const mallory = new Mallory(world, await world.invite(anna));
  await mallory.enter(anna);
  await world.until("Anna lists Mallory", () => anna.call?.participants.length === 3);
  return { world, people, anna, mallory };
}

/** Entries in one message of the valid flood. */
const AT_ONCE = 3;

/** What one mesh sends to all others from now on, in bytes. */
function bytesSentBy(person: Person): () => number {
  let bytes = 0;
  const send = person.mesh.send.bind(person.mesh);
  person.mesh.send = (link, ...messages) => {
    for (const { length } of messages) bytes += length;
    send(link, ...messages);
  };
  return () => bytes;
}

describe("a flood of log entries", () => {
  it("that are invalid ends with the first of them: the flooder loses the link, the others notice nothing", async () => {
    const { world, people, anna, mallory } = await withMallory();
    const { code } = anna;
    const sent = bytesSentBy(anna);
    for (let message = 0; message < 50; message++) {
      mallory.say(anna, { type: "entries", entries: Array.from({ length: 20 }, () => mallory.bytes(300)) });
    }
    await world.until("the flooder is cut off", () => mallory.isCutOffFrom(anna));
    await world.clock.run(2_000);
    expect(anna.code).toBe(code);
    expect(sent()).toBeLessThan(10_000);
    await world.together(people);
  });

  it("whose parents nobody has is held within limits and passed on to nobody", async () => {
    const { world, people, anna, mallory } = await withMallory();
    const { code } = anna;
    const [, ben] = people;
    const before = ben?.code;
    for (let message = 0; message < 40; message++) {
      const orphans = Array.from({ length: 20 }, () => mallory.sign(mallory.device(), [mallory.unknownParent()]).bytes);
      mallory.say(anna, { type: "entries", entries: orphans });
    }
    await world.clock.run(3_000);
    expect([anna.code, ben?.code]).toEqual([code, before]);
    const cleo = world.person("Cleo");
    await world.join(cleo, await world.invite(anna));
    await world.together([...people, cleo]);
  });

  it("that are valid is taken at the pace of its budget, and the call goes on meanwhile", async () => {
    const { world, people, anna, mallory } = await withMallory();
    const chain: Uint8Array[] = [];
    let parents: EntryId[] = [mallory.ownAdmission()];
    for (let entry = 0; entry < 3_000; entry++) {
      const signed = mallory.sign(mallory.device(), parents);
      parents = [signed.id];
      chain.push(signed.bytes);
    }
    const codes = new Set<string>();
    anna.runner.subscribe(() => codes.add(anna.code));
    for (let first = 0; first < chain.length; first += AT_ONCE) {
      mallory.say(anna, { type: "entries", entries: chain.slice(first, first + AT_ONCE) });
    }
    await world.clock.run(5_000);
    // Each message taken changes the code; a budget and five seconds of its refill is all that can have counted.
    expect(codes.size).toBeGreaterThan(10);
    expect(codes.size).toBeLessThan((ENTRIES.burst + 6 * ENTRIES.perSecond) / AT_ONCE + 10);
    await world.together(people, 60_000);
    anna.command({ type: "remove-member", member: mallory.id, reason: "floods us" });
    await world.until("the flooder is gone", () => people.every((one) => one.call?.participants.length === 2));
    await world.together(people);
  });
});
