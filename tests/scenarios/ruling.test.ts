import { describe, expect, it } from "vitest";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

function isModerator(seenBy: Person, id: Person["id"]): boolean {
  return seenBy.call?.participants.find((one) => one.id === id)?.moderator ?? false;
}

async function three(world: World): Promise<[Person, Person, Person]> {
  return (await world.meeting("Anna", "Ben", "Cleo")) as [Person, Person, Person];
}

describe("a moderator", () => {
  it("appoints another, who may then remove, and is dismissed by it", async () => {
    const world = new World();
    const [anna, ben, cleo] = await three(world);
    cleo.command({ type: "appoint", member: cleo.id });
    ben.command({ type: "remove-member", member: cleo.id, reason: "" });
    await world.clock.run(1_000);
    expect(anna.call?.participants).toHaveLength(3);
    expect(isModerator(anna, cleo.id)).toBe(false);
    anna.command({ type: "appoint", member: ben.id });
    await world.until("all see it", () => [anna, ben, cleo].every((person) => isModerator(person, ben.id)));
    ben.command({ type: "dismiss", member: anna.id });
    await world.until("all see that", () => [anna, ben, cleo].every((person) => !isModerator(person, anna.id)));
    anna.command({ type: "lock" });
    await world.clock.run(1_000);
    expect(ben.call?.rules.locked).toBe(false);
    ben.command({ type: "remove-member", member: anna.id, reason: "" });
    await world.until("Anna is told", () => anna.view?.screen === "ended");
    await world.together([ben, cleo]);
  });

  it("locks the door for everybody's guests, and opens it again", async () => {
    const world = new World();
    const [anna, ben, cleo] = await three(world);
    const link = await world.invite(ben);
    anna.command({ type: "lock" });
    await world.until("all see it", () => [anna, ben, cleo].every(({ call }) => call?.rules.locked === true));
    const dan = world.person("Dan");
    world.knock(dan, link);
    await world.until("Dan is told", () => dan.snapshot?.problem === "meeting-locked");
    anna.command({ type: "unlock" });
    await world.until("all see that", () => [anna, ben, cleo].every(({ call }) => call?.rules.locked === false));
    dan.enter();
    await world.until("Dan is in", () => dan.call !== null, 60_000);
  });

  it("closes one invite, and nobody is disturbed", async () => {
    const world = new World();
    const [anna, ben, cleo] = await three(world);
    const [leaked, other] = [await world.invite(anna), await world.invite(anna)];
    await world.join(world.person("Dan"), leaked);
    const ids = anna.call?.rules.invites.map(({ id, used }) => [id, used] as const) ?? [];
    const [leakedId] = ids.findLast(([, used]) => used === 1) ?? [];
    if (leakedId === undefined) throw new Error("no invite was used");
    cleo.command({ type: "revoke-invite", invite: leakedId });
    await world.clock.run(1_000);
    expect(cleo.call?.rules.invites.find(({ id }) => id === leakedId)).toMatchObject({
      revoked: false,
      revocable: false,
    });
    anna.command({ type: "revoke-invite", invite: leakedId });
    await world.until("Ben knows", () => ben.call?.rules.invites.some(({ revoked }) => revoked) ?? false);
    const eve = world.person("Eve");
    world.knock(eve, leaked);
    await world.until("Eve is told", () => eve.snapshot?.problem === "invite-revoked");
    await world.join(world.person("Fay"), other);
    await world.together([anna, ben, cleo]);
  });

  it("is named to all with everything they did, and each thing once", async () => {
    const world = new World();
    const [anna, ben, cleo] = await three(world);
    anna.command({ type: "appoint", member: ben.id });
    await world.until("Ben may", () => isModerator(ben, ben.id));
    ben.command({ type: "lock" });
    await world.until("it is locked", () => anna.call?.rules.locked === true);
    anna.command({ type: "unlock" });
    anna.command({ type: "set-policy", admission: "knock-any", removal: "votes", inviting: "moderators" });
    anna.command({ type: "set-policy", admission: "knock-any", removal: "moderators", inviting: "moderators" });
    anna.command({ type: "create-invite", wish: { label: "the \u202elawyer", hours: 1, uses: 1 } });
    const invite = anna.call?.rules.invites.find(({ label }) => label === "the lawyer");
    if (invite === undefined) throw new Error("no invite was made");
    anna.command({ type: "revoke-invite", invite: invite.id });
    anna.command({ type: "dismiss", member: ben.id });
    const told = (person: Person): readonly string[] =>
      (person.call?.notices ?? [])
        .filter(({ kind }) => kind !== "joined")
        .map(({ kind, name, byName }) => `${kind} ${name} by ${byName}`);
    const everything = [
      "appointed Ben by Anna",
      "locked Ben by Ben",
      "unlocked Anna by Anna",
      "admission-knock-any Anna by Anna",
      "removal-votes Anna by Anna",
      "removal-moderators Anna by Anna",
      "invite-closed Anna by Anna",
      "dismissed Ben by Anna",
    ];
    await world.until("all have heard all", () =>
      [ben, cleo].every((person) => told(person).length === everything.length),
    );
    for (const person of [anna, ben, cleo]) expect(told(person)).toEqual(everything);
    expect(anna.call?.notices.find(({ kind }) => kind === "invite-closed")?.reason).toBe("the lawyer");
    expect(cleo.call?.notices.find(({ kind }) => kind === "invite-closed")?.reason).toBe("");
    expect(cleo.call?.rules).toMatchObject({ admission: "knock-any", removal: "moderators", locked: false });
  });

  it("hands removals to votes, and takes them back", async () => {
    const world = new World();
    const [anna, ben, cleo] = await three(world);
    anna.command({ type: "set-policy", admission: "knock-any", removal: "votes", inviting: "moderators" });
    await world.until("all see it", () => [ben, cleo].every(({ call }) => call?.rules.votesDecide === true));
    expect(cleo.call).toMatchObject({ admission: "knock-any", rules: { removal: "votes" } });
    anna.command({ type: "remove-member", member: cleo.id, reason: "" });
    await world.clock.run(1_000);
    expect(cleo.call?.participants).toHaveLength(3);
    anna.command({ type: "vote", motion: "remove", member: cleo.id, approve: true, reason: "" });
    ben.command({ type: "vote", motion: "remove", member: cleo.id, approve: true, reason: "" });
    await world.until("Cleo is told", () => cleo.view?.screen === "ended");
    anna.command({ type: "set-policy", admission: "invite", removal: "moderators", inviting: "moderators" });
    await world.until("Ben sees it", () => ben.call?.rules.votesDecide === false);
  });
});
