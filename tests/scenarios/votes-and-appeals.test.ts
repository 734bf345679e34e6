import { describe, expect, it } from "vitest";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

type Four = [Person, Person, Person, Person];

/** Ben, Cleo, Dan and Eve, whom Anna, the only moderator, has left. */
async function fourWithoutModerator(world: World): Promise<Four> {
  const [anna, ...others] = await world.meeting("Anna", "Ben", "Cleo", "Dan", "Eve");
  anna?.command({ type: "leave" });
  await world.until("Anna has left", () => others.every(({ call }) => call?.participants.length === 4));
  return others as Four;
}

function vote(person: Person, motion: "remove" | "readmit", member: Person["id"], approve = true): void {
  person.command({ type: "vote", motion, member, approve, reason: "shouts" });
}

/** Three who have voted Eve out, and Eve on the last screen. */
async function afterTheVote(world: World): Promise<{ left: Person[]; eve: Person; id: Person["id"] }> {
  const [ben, cleo, dan, eve] = await fourWithoutModerator(world);
  const { id } = eve;
  for (const voter of [ben, cleo, dan]) vote(voter, "remove", id);
  await world.until("Eve is told", () => eve.view?.screen === "ended");
  const left = [ben, cleo, dan];
  await world.until("Eve is gone", () => left.every(({ call }) => call?.participants.length === 3));
  return { left, eve, id };
}

describe("a meeting without a moderator", () => {
  it("shows who is to be removed, and removes them once more than half are for it", async () => {
    const world = new World();
    const [ben, cleo, dan, eve] = await fourWithoutModerator(world);
    expect(ben.call?.rules).toMatchObject({ votesDecide: true, removal: "moderators", locked: false });
    vote(ben, "remove", eve.id);
    const shown = { motion: "remove", name: "Eve", byName: "Ben", reason: "shouts", approvals: 1, needed: 3 };
    await world.until("all see the vote", () => [cleo, dan, eve].every(({ call }) => call?.rules.motions.length === 1));
    expect(cleo.call?.rules.motions).toMatchObject([{ ...shown, own: false }]);
    expect(ben.call?.rules.motions).toMatchObject([{ ...shown, own: true }]);
    vote(cleo, "remove", eve.id);
    vote(cleo, "remove", eve.id, false);
    vote(dan, "remove", eve.id);
    await world.clock.run(3_000);
    expect(ben.call?.participants).toHaveLength(4);
    vote(cleo, "remove", eve.id);
    await world.until("Eve is told", () => eve.view?.screen === "ended");
    expect(eve.view).toMatchObject({ cause: "removed", by: "", reason: "shouts", appeal: "possible" });
    await world.together([ben, cleo, dan]);
    for (const person of [ben, cleo, dan]) {
      expect(person.call?.notices.at(-1)).toMatchObject({ kind: "voted-out", name: "Eve", by: null, reason: "shouts" });
      expect(person.call?.rules.motions).toEqual([]);
    }
  });

  it("has one who puts down what was decided, and another if that one is out of reach", async () => {
    const world = new World();
    const [ben, cleo, dan, eve] = await fourWithoutModerator(world);
    vote(ben, "remove", eve.id);
    await world.until("Dan knows", () => dan.call?.rules.motions.length === 1);
    world.network.kill(ben.mesh);
    vote(cleo, "remove", eve.id);
    vote(dan, "remove", eve.id);
    await world.until("Eve is told", () => eve.view?.screen === "ended", 60_000);
  });
});

describe("somebody voted out", () => {
  it("appeals once, is voted back in by more than half, and is heard again", async () => {
    const world = new World();
    const { left, eve, id } = await afterTheVote(world);
    eve.command({ type: "appeal", text: "I was the one who asked for quiet" });
    expect(eve.view).toMatchObject({ screen: "ended", appeal: "sending" });
    await world.until("the appeal is shown", () =>
      left.every(({ call }) => call?.rules.motions[0]?.appeal === "I was the one who asked for quiet"),
    );
    await world.until("Eve knows that it was taken", () => eve.view?.screen === "ended" && eve.view.appeal === "taken");
    expect(left[0]?.call?.participants).toHaveLength(3);
    expect(eve.frames.empty).toBe(true);
    const [ben, cleo] = left;
    if (ben === undefined || cleo === undefined) throw new Error("nobody");
    vote(ben, "readmit", id);
    await world.clock.run(2_000);
    expect(eve.call).toBeNull();
    vote(cleo, "readmit", id);
    await world.until("Eve is back", () => eve.call !== null);
    expect(eve.id).toBe(id);
    await world.together([...left, eve]);
    for (const { call } of left) {
      expect(call?.rules.motions).toEqual([]);
      expect(call?.notices.slice(-2)).toMatchObject([
        { kind: "appealed", name: "Eve", reason: "I was the one who asked for quiet" },
        { kind: "readmitted", name: "Eve" },
      ]);
    }
  });

  it("is not let back in by fewer, and starts another meeting as somebody else", async () => {
    const world = new World();
    const { left, eve, id } = await afterTheVote(world);
    eve.command({ type: "appeal", text: "please" });
    await world.until("the appeal is shown", () => left.every(({ call }) => call?.rules.motions.length === 1));
    const [ben] = left;
    if (ben !== undefined) vote(ben, "readmit", id);
    await world.clock.run(60_000);
    expect(eve.call).toBeNull();
    eve.command({ type: "leave" });
    expect(eve.view).toMatchObject({ screen: "home" });
    await world.start(eve);
    expect(eve.id).not.toBe(id);
    await world.together(left);
  });

  it("cannot appeal without having been removed", async () => {
    const world = new World();
    const [ben] = await world.meeting("Anna", "Ben").then((people) => people.slice(1));
    ben?.command({ type: "appeal", text: "let me in" });
    expect(ben?.call).not.toBeNull();
    ben?.command({ type: "leave" });
    expect(ben?.view).toMatchObject({ screen: "ended", cause: "left", appeal: "none" });
    ben?.command({ type: "appeal", text: "let me in" });
    expect(ben?.view).toMatchObject({ screen: "ended", appeal: "none" });
  });
});
