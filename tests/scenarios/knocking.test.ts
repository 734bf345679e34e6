import { describe, expect, it } from "vitest";
import { Mallory } from "../support/world/mallory.ts";
import { World } from "../support/world/world.ts";

describe("knocking", () => {
  it("keeps a newcomer waiting, unnamed, until a member answers", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const ben = world.person("Ben");
    const link = await world.start(anna, "knock-any");
    world.knock(ben, link);
    await world.until("the knock is heard", () => anna.call?.knocks.length === 1);
    await world.until("Ben is told to wait", () => ben.view?.screen === "lobby" && ben.view.entry === "waiting");
    expect(JSON.stringify(anna.snapshot)).not.toContain("Ben");
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben]);
    expect(anna.call?.knocks).toEqual([]);
  });

  it("lets any member answer, whoever was asked first", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const ben = world.person("Ben");
    const cleo = world.person("Cleo");
    const link = await world.start(anna, "knock-any");
    world.knock(ben, link);
    await world.until("Ben knocks", () => anna.call?.knocks.length === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben]);
    world.knock(cleo, link);
    await world.until("both hear it", () => [anna, ben].every((one) => one.call?.knocks.length === 1));
    ben.command({ type: "admit", knock: ben.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben, cleo]);
    expect(anna.call?.knocks).toEqual([]);
  });

  it("tells the newcomer when it is refused, and why", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const ben = world.person("Ben");
    world.knock(ben, await world.start(anna, "knock-moderator"));
    await world.until("the knock is heard", () => anna.call?.knocks.length === 1);
    anna.command({ type: "refuse", knock: anna.call?.knocks[0]?.knock ?? 0, reason: "not today" });
    await world.until("Ben is told", () => ben.view?.screen === "ended");
    expect(ben.view).toMatchObject({ cause: "refused", reason: "not today" });
    expect(anna.call?.knocks).toEqual([]);
  });

  it("shows the refused a reason that is short and clean, also when a changed client gives another", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const link = await world.start(anna, "knock-any");
    const refuse = { type: "refuse", knock: 1, reason: "x".repeat(201) } as const;
    expect(() => anna.command(refuse)).toThrow("not a command");
    const ben = world.person("Ben");
    world.knock(ben, link);
    await world.until("Ben knocks", () => anna.call?.knocks.length === 1);
    anna.command({ ...refuse, reason: "\u202enot\u0000 today\n\n\n" });
    await world.until("Ben is told", () => ben.view?.screen === "ended");
    expect(ben.view).toMatchObject({ cause: "refused", reason: "not today" });
    const mallory = new Mallory(world, link);
    await mallory.reach(anna);
    mallory.say(anna, { type: "join", request: mallory.request(), capability: mallory.invitation });
    await world.until("Mallory knocks", () => anna.call?.knocks.length === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.until("Mallory is in", () => anna.call?.participants.length === 2);
    mallory.greet(anna, "Mallory");
    const cleo = world.person("Cleo");
    world.knock(cleo, link);
    await world.until("Cleo knocks", () => anna.call?.knocks.length === 1);
    const knockHeard = () => mallory.heard.find((message) => message.type === "knock");
    await world.until("Mallory hears it, too", () => knockHeard() !== undefined);
    const knock = knockHeard();
    if (knock === undefined) throw new Error("no knock");
    mallory.say(anna, {
      type: "knock-refused",
      member: knock.request.slice(0, 32),
      reason: "\u202e".padEnd(500, "no "),
    });
    await world.until("Cleo is told", () => cleo.view?.screen === "ended");
    const reason = cleo.view?.screen === "ended" ? cleo.view.reason : "";
    expect(reason.length).toBeLessThanOrEqual(200);
    expect(reason).toMatch(/^(no )+n?o?$/);
  });

  it("asks only moderators where the policy says so", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const ben = world.person("Ben");
    const cleo = world.person("Cleo");
    const link = await world.start(anna, "knock-moderator");
    world.knock(ben, link);
    await world.until("Ben knocks", () => anna.call?.knocks.length === 1);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben]);
    world.knock(cleo, await world.invite(ben));
    await world.until("Anna hears it", () => anna.call?.knocks.length === 1);
    expect(ben.call?.knocks).toEqual([]);
    anna.command({ type: "admit", knock: anna.call?.knocks[0]?.knock ?? 0 });
    await world.together([anna, ben, cleo]);
  });
});
