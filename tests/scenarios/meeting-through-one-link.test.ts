import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("meeting through one link", () => {
  it("lets three people hear each other under one code", async () => {
    const world = new World();
    const [anna, ben, cleo] = await world.meeting("Anna", "Ben", "Cleo");
    expect(anna?.code).toMatch(/^[0-9]{30}$/);
    expect([ben?.code, cleo?.code]).toEqual([anna?.code, anna?.code]);
    expect(anna?.call?.participants.map(({ name }) => name)).toEqual(["Anna", "Ben", "Cleo"]);
  });

  it("lets eight in who all come at once", async () => {
    const world = new World(2);
    const starter = world.person("starter");
    const link = await world.start(starter);
    const guests = ["b", "c", "d", "e", "f", "g", "h"].map((name) => world.person(name));
    for (const guest of guests) world.knock(guest, link);
    await world.together([starter, ...guests]);
  });

  it("changes the meeting code when somebody comes and when somebody goes", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben");
    const codes = new Set([people[0]?.code]);
    const cleo = world.person("Cleo");
    await world.join(cleo, await world.invite(people[0] ?? cleo));
    await world.together([...people, cleo]);
    codes.add(cleo.code);
    cleo.command({ type: "leave" });
    await world.until("Cleo is gone", () => people.every((person) => person.call?.participants.length === 2));
    await world.together(people);
    codes.add(people[0]?.code);
    expect(codes.size).toBe(3);
  });

  it("lets a guest bring in another when the starter has gone", async () => {
    const world = new World();
    const [anna, ben] = await world.meeting("Anna", "Ben");
    if (anna === undefined || ben === undefined) throw new Error("nobody");
    anna.command({ type: "leave" });
    await world.until("Anna is gone", () => ben.call?.participants.length === 1);
    const cleo = world.person("Cleo");
    await world.join(cleo, await world.invite(ben));
    await world.together([ben, cleo]);
  });

  it("finds members on the local network when no address of the invite answers", async () => {
    const world = new World();
    const anna = world.person("Anna", { localDiscovery: true });
    const link = await world.start(anna);
    const ben = world.person("Ben", { localDiscovery: true });
    world.network.kill(anna.mesh);
    const again = world.person("Anna again");
    world.knock(ben, link);
    expect(again.view?.screen).toBe("home");
    await world.until("Ben is told that nobody answers", () => ben.view?.screen === "lobby" && ben.view.reach === "unreachable");
  });
});
