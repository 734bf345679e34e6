import { describe, expect, it } from "vitest";
import { decodeInvite, encodeInvite } from "../../core/wire/invite.ts";
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

  it("tells a guest that nobody answers, and lets it in when somebody does", async () => {
    const world = new World();
    const [anna] = await world.meeting("Anna");
    const ben = world.person("Ben");
    if (anna === undefined) throw new Error("nobody");
    const link = await world.invite(anna);
    ben.command({ type: "open-invite", name: "Ben", invite: link });
    await world.until("Ben has a node", () => ben.hasMesh);
    world.network.partition([[anna.mesh], [ben.mesh]]);
    ben.enter();
    await world.until("Ben is told", () => ben.view?.screen === "lobby" && ben.view.reach === "unreachable", 60_000);
    world.network.heal();
    await world.together([anna, ben], 60_000);
  });

  it("finds members on the local network when the addresses of the invite are dead", async () => {
    const world = new World();
    const anna = world.person("Anna", { localDiscovery: true });
    const link = await world.start(anna);
    const ben = world.person("Ben", { localDiscovery: true });
    world.knock(ben, withAddresses(link, [world.network.deadAddress(anna.mesh.self)]));
    await world.together([anna, ben]);
  });

  it("is not delayed by an address that takes the call and says nothing", async () => {
    const world = new World();
    const anna = world.person("Anna");
    const link = await world.start(anna);
    const ben = world.person("Ben");
    const silent = world.network.silentAddress(anna.mesh.self);
    world.knock(ben, withAddresses(link, [silent, ...anna.mesh.addresses()]));
    await world.until("Ben is in", () => ben.call !== null, 1_000);
    expect(ben.call).not.toBeNull();
  });
});

/** The same invite with other addresses. */
function withAddresses(link: string, addresses: readonly string[]): string {
  const invite = decodeInvite(link);
  if (!invite.ok) throw invite.error;
  const changed = encodeInvite({ ...invite.value, addresses });
  if (!changed.ok) throw changed.error;
  return changed.value;
}
