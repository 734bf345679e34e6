import { describe, expect, it } from "vitest";
import { memberIdOf, memberKeyOf } from "../../core/base/member-id.ts";
import { peerIdOf } from "../../core/mesh/memory/peer-id.ts";
import { decodeInvite, encodeInvite } from "../../core/wire/invite.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

async function twoAndMallory(): Promise<{ world: World; anna: Person; ben: Person; link: string; mallory: Mallory }> {
  const world = new World(61, "members");
  const [anna, ben] = await world.meeting("Anna", "Ben");
  if (anna === undefined || ben === undefined) throw new Error("nobody");
  const link = await world.invite(anna);
  const mallory = new Mallory(world, link);
  await mallory.enter(anna);
  await world.clock.run(1_000);
  return { world, anna, ben, link, mallory };
}

describe("news of where members are", () => {
  it("goes to a newcomer in messages that fit, however many they are", async () => {
    const { world, anna, link, mallory } = await twoAndMallory();
    const many = Array.from({ length: 70 }, () => mallory.newKey());
    const capability = mallory.capability();
    many.forEach((key, index) => {
      const admit = mallory.sign({ type: "admit", request: mallory.request(key), index: index + 10, capability });
      const peer = peerIdOf(key.publicKey);
      mallory.say(anna, { type: "entries", entries: [admit.bytes] });
      mallory.say(anna, { type: "contacts", contacts: [[key.publicKey, [`/ip4/192.0.2.1/tcp/1/p2p/${peer}`]]] });
    });
    await world.until("all are listed", () => anna.call?.participants.length === 73);
    const friend = new Mallory(world, link, 667);
    await friend.reach(anna);
    const admit = mallory.sign({ type: "admit", request: friend.request(), index: 99, capability });
    mallory.say(anna, { type: "entries", entries: [admit.bytes] });
    const told = (): (readonly [Uint8Array, readonly string[]])[][] =>
      friend.heard.flatMap((message) => (message.type === "contacts" ? [[...message.contacts]] : []));
    const members = (): Set<string> => new Set(told().flatMap((batch) => batch.map(([key]) => memberIdOf(key))));
    await world.until("the friend is told of all", () => many.every((key) => members().has(memberIdOf(key.publicKey))));
    expect(told().length).toBeGreaterThan(2);
  });

  it("of somebody who was here before is believed for the peer alone that has proven itself", async () => {
    const { world, anna, ben, mallory } = await twoAndMallory();
    const dialled: string[] = [];
    const dial = anna.mesh.dial.bind(anna.mesh);
    anna.mesh.dial = (peer, addresses) => {
      dialled.push(peer, ...addresses);
      dial(peer, addresses);
    };
    world.network.partition([[anna.mesh, mallory.mesh], [ben.mesh]]);
    await world.clock.run(8_000);
    const elsewhere = mallory.mesh.addresses()[0] ?? "";
    const more = `/ip4/192.0.2.9/tcp/1/p2p/${ben.mesh.self}`;
    for (const address of [elsewhere, more]) {
      mallory.say(anna, { type: "contacts", contacts: [[memberKeyOf(ben.id), [address]]] });
      await world.clock.run(10_000);
    }
    expect(dialled).toContain(ben.mesh.self);
    expect(dialled).not.toContain(elsewhere);
    expect(dialled).not.toContain(mallory.mesh.self);
    world.network.heal();
    await world.together([anna, ben], 60_000);
  });
});

describe("a refusal", () => {
  it.each([
    ["no-network", null, "ended"],
    ["already-in-a-meeting", null, "ended"],
    ["something-new", null, "ended"],
    ["invite-expired", "invite-expired", "lobby"],
    ["meeting-full", "meeting-full", "lobby"],
  ])("with the code %s makes a guest's screen say %s", async (code, problem, screen) => {
    const world = new World(62, "members");
    const anna = world.person("Anna");
    const invite = decodeInvite(await world.start(anna));
    if (!invite.ok) throw invite.error;
    const mallory = new Mallory(world, anna.call?.invite?.link ?? "");
    const led = encodeInvite({ ...invite.value, addresses: [...mallory.mesh.addresses()] });
    if (!led.ok) throw led.error;
    const cleo = world.person("Cleo");
    world.knock(cleo, led.value);
    await world.until("Mallory is asked", () => mallory.heard.some(({ type }) => type === "join"));
    mallory.say(cleo, { type: "refused", code, reason: "" });
    await world.until("Cleo is told", () => cleo.view?.screen === "ended" || cleo.snapshot?.problem !== null);
    expect([cleo.snapshot?.problem, cleo.view?.screen]).toEqual([problem, screen]);
  });
});
