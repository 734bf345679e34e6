import { describe, expect, it } from "vitest";
import type { Person } from "../support/world/person.ts";
import { Mallory } from "../support/world/mallory.ts";
import { World } from "../support/world/world.ts";

type Five = [Person, Person, Person, Person, Person];

function voteOut(voter: Person, member: Person["id"]): void {
  voter.command({ type: "vote", motion: "remove", member, approve: true, reason: "shouts" });
}

describe("a meeting whose only moderator is not heard any more", () => {
  it("is ruled by votes after a minute, of more than half of all in the list", async () => {
    const world = new World();
    const [anna, ben, cleo, dan, eve] = (await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve")) as Five;
    const { id } = eve;
    const others = [ben, cleo, dan, eve];
    world.network.kill(anna.mesh);
    await world.until("Anna is missed", () => others.every((one) => one.participant(anna)?.reachable === false));
    await world.clock.run(50_000);
    expect(ben.call?.rules.votesDecide).toBe(false);
    voteOut(ben, id);
    await world.clock.run(500);
    expect(ben.call?.rules.motions).toEqual([]);
    await world.until("votes decide", () => others.every(({ call }) => call?.rules.votesDecide === true));

    for (const voter of [ben, cleo]) voteOut(voter, id);
    const shown = { approvals: 2, needed: 3, name: "Eve" };
    await world.until("all see the votes", () => others.every(({ call }) => call?.rules.motions[0]?.approvals === 2));
    expect(dan.call?.rules.motions).toMatchObject([shown]);
    await world.clock.run(5_000);
    expect(eve.call).not.toBeNull();
    voteOut(dan, id);
    await world.until("Eve is told", () => eve.view?.screen === "ended");
    await world.together([ben, cleo, dan]);
  });

  it("goes back to the moderator who is heard again: votes that stood are void", async () => {
    const world = new World();
    const people = (await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve")) as Five;
    const [anna, ben, cleo, dan, eve] = people;
    const others = [ben, cleo, dan, eve];
    world.network.partition([[anna.mesh]]);
    await world.until("votes decide", () => others.every(({ call }) => call?.rules.votesDecide === true), 90_000);
    for (const voter of [ben, cleo]) voteOut(voter, eve.id);
    await world.until("all see the votes", () => others.every(({ call }) => call?.rules.motions[0]?.approvals === 2));
    world.network.heal();
    await world.together(people, 60_000);
    await world.until("the votes are void", () => people.every(({ call }) => call?.rules.motions.length === 0), 60_000);
    expect(people.map(({ call }) => call?.rules.votesDecide)).toEqual(people.map(() => false));
    voteOut(dan, eve.id);
    await world.clock.run(5_000);
    expect(eve.call).not.toBeNull();
  });

  it("keeps what the others decided while the moderator was away", async () => {
    const world = new World();
    const people = (await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve")) as Five;
    const [anna, ben, cleo, dan, eve] = people;
    const others = [ben, cleo, dan, eve];
    world.network.partition([[anna.mesh]]);
    await world.until("votes decide", () => others.every(({ call }) => call?.rules.votesDecide === true), 90_000);
    for (const voter of [ben, cleo, dan]) voteOut(voter, eve.id);
    await world.until("Eve is told", () => eve.view?.screen === "ended");
    world.network.heal();
    await world.together([anna, ben, cleo, dan], 60_000);
    await world.clock.run(60_000);
    expect(anna.call?.participants).toHaveLength(4);
  });
});

/** Entries by which people whom Mallory makes up throw somebody out, as if no moderator were heard. */
function lies(mallory: Mallory, victim: Person["id"]): Uint8Array[] {
  const entries: Uint8Array[] = [];
  const crowd = [mallory.key, ...Array.from({ length: 4 }, () => mallory.newKey())];
  let last = mallory.ownAdmission();
  const say = (key: (typeof crowd)[number], body: Parameters<Mallory["signAs"]>[1]): void => {
    const { id, bytes } = mallory.signAs(key, body, [last]);
    entries.push(bytes);
    last = id;
  };
  for (const [place, puppet] of crowd.slice(1).entries()) {
    const capability = mallory.capability();
    say(mallory.key, { type: "admit", request: mallory.request(puppet), index: 20 + place, capability });
  }
  for (const voter of crowd) {
    say(voter, { type: "vote", motion: "remove", member: victim, approve: true, reason: "", unheard: true });
  }
  say(mallory.key, { type: "expel", member: victim, reason: "", unheard: true });
  return entries;
}

describe("people made up by one member, who say that no moderator is heard", () => {
  it("throw out neither the moderator who is there nor, for good, anybody else", async () => {
    const world = new World(1, "members");
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben] = people;
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    await world.until("all list Mallory", () => people.every(({ call }) => call?.participants.length === 4));
    await world.clock.run(15_000);
    const { id } = ben;
    mallory.say(anna, { type: "entries", entries: lies(mallory, anna.id) });
    await world.clock.run(5_000);
    expect(anna.call?.participants.find((one) => one.id === id)).toMatchObject({ reachable: true });
    for (const entries of [lies(mallory, id), lies(mallory, anna.id)]) mallory.say(anna, { type: "entries", entries });
    await world.clock.run(5_000);
    await world.until("all are together", () => people.every((one) => one.hearsAll(people)));
  });
});
