import { describe, expect, it } from "vitest";
import type { MeetingOutput } from "../../core/meeting/runner.ts";
import type { MeshEvent } from "../../core/ports/mesh.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Everything that the page and the frames worker of this person are told from now on. */
function told(person: Person): MeetingOutput[] {
  const outputs: MeetingOutput[] = [];
  person.runner.subscribe((output) => outputs.push(structuredClone(output)));
  return outputs;
}

/** What a call is like from inside while somebody waits: people talk, mute, come and go. */
async function liveOn(world: World, people: readonly Person[], seed: number): Promise<void> {
  const [anna, ben, cleo] = people;
  if (anna === undefined || ben === undefined || cleo === undefined) throw new Error("nobody");
  const doings = [
    () => anna.command({ type: "send-chat", text: "the harbour at dawn" }),
    () => ben.command({ type: "set-media", media: { microphone: false, camera: true, screen: true } }),
    () => world.network.cut(anna.mesh, ben.mesh),
    () => cleo.loadPage(),
    () => anna.command({ type: "appoint", member: ben.id }),
    () => cleo.command({ type: "create-invite" }),
  ];
  for (let turn = 0; turn < doings.length; turn++) {
    doings[(turn * 5 + seed) % doings.length]?.();
    await world.clock.run(700);
  }
}

async function threeBehindADoor(seed: number, admission: "knock-any" | "knock-moderator") {
  const world = new World(seed);
  const people = await world.meeting("Anna", "Ben", "Cleo");
  const [anna] = people;
  if (anna === undefined) throw new Error("nobody");
  anna.command({ type: "set-policy", admission, removal: "moderators", inviting: "moderators" });
  const link = await world.invite(anna);
  await world.clock.run(1_000);
  return { world, people, anna, link };
}

const doors = [1, 2, 3, 4].flatMap((seed) =>
  (["knock-any", "knock-moderator"] as const).map((door) => ({ seed, door })),
);

describe.each(doors)("while somebody waits ($door, schedule $seed)", ({ seed, door }) => {
  it("they are told to wait and nothing else, by whatever channel, until they are let in", async () => {
    const { world, people, anna, link } = await threeBehindADoor(seed, door);
    const mallory = new Mallory(world, link, 700 + seed);
    const events: MeshEvent[] = [];
    mallory.mesh.subscribe((event) => events.push(event));
    await mallory.reach(anna);
    mallory.say(anna, { type: "join", request: mallory.request(), capability: mallory.invitation });
    await liveOn(world, people, seed);
    expect(mallory.heard).toEqual([{ type: "waiting" }]);
    // Nobody comes to her, either: she has the one link that she asked for.
    expect(events.filter(({ type }) => type === "link-opened")).toMatchObject([{ direction: "outbound" }]);
    expect(events.filter(({ type }) => type === "gossip" || type === "peer-found")).toEqual([]);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.until("she is told of the meeting", () =>
      ["entries", "contacts", "hello"].every((type) => mallory.heard.some((message) => message.type === type)),
    );
  });

  it("no page is told a name, a key or a picture: not theirs to the others, nor the others' to them", async () => {
    const { world, people, anna, link } = await threeBehindADoor(seed, door);
    const names = people.map(({ name }) => name);
    const ids = people.map(({ id }) => id);
    const dora = world.person("Dora");
    const outside = told(dora);
    const inside = people.map(told);
    world.knock(dora, link);
    await world.until("the knock is heard", () => anna.call?.knocks.length === 1);
    await liveOn(world, people, seed);
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.filter(({ channel }) => channel !== "snapshot")).toEqual([]);
    for (const secret of [...names, ...ids]) expect(JSON.stringify(outside)).not.toContain(secret);
    expect(dora.frames.everReceived.size + dora.links.size).toBe(0);
    expect(JSON.stringify(inside)).not.toContain("Dora");
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([...people, dora]);
    // What was looked for is there once they are in.
    expect(JSON.stringify(inside)).toContain("Dora");
    expect(JSON.stringify(inside)).toContain(dora.id);
    for (const secret of [...names, ...ids]) expect(JSON.stringify(outside)).toContain(secret);
  });
});

it("somebody refused has learnt no more than somebody who waits", async () => {
  const { world, people, anna, link } = await threeBehindADoor(9, "knock-any");
  const mallory = new Mallory(world, link);
  await mallory.reach(anna);
  mallory.say(anna, { type: "join", request: mallory.request(), capability: mallory.invitation });
  await world.until("the knock is heard", () => anna.call?.knocks.length === 1);
  anna.command({ type: "refuse", knock: anna.call?.knocks[0]?.knock ?? 0, reason: "not today" });
  await world.until("she is told", () => mallory.heard.length > 1);
  expect(mallory.heard).toEqual([
    { type: "waiting" },
    { type: "refused", code: "admission-refused", reason: "not today" },
  ]);
  const heard = JSON.stringify(people.map(({ snapshot }) => snapshot));
  expect(heard).not.toContain(mallory.id);
});
