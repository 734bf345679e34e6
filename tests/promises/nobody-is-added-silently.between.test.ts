import { describe, expect, it } from "vitest";
import { memberKeyOf } from "../../core/base/member-id.ts";
import { author, createLog } from "../../core/membership/log.ts";
import { deriveMeetingId } from "../../core/membership/meeting-id.ts";
import { Mallory } from "../support/world/mallory.ts";
import { forgeInvite, Middle, readInvite } from "../support/world/middle.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

// Mallory has read the invite on its way from Anna to Ben, and has handed Ben one that leads to her.

interface Scene {
  readonly world: World;
  readonly anna: Person;
  readonly ben: Person;
  readonly link: string;
}

async function annaInvitesBen(): Promise<Scene> {
  const world = new World(7);
  const anna = world.person("Anna");
  const link = await world.start(anna);
  return { world, anna, ben: world.person("Ben"), link };
}

function listed(person: Person): string[] {
  return (person.call?.participants ?? []).map(({ id }) => id).toSorted();
}

function safetyNumber(one: Person, name: string): string {
  const member = one.call?.participants.find((participant) => !participant.self && participant.name === name)?.id;
  if (member === undefined) throw new Error(`${one.name} sees no ${name}`);
  one.command({ type: "show-safety-number", member });
  return one.call?.participants.find(({ id }) => id === member)?.safetyNumber ?? "";
}

/** Lets Ben in by Mallory's own hand, as every member of an open meeting may, and gives him her log. */
async function letIn(mallory: Mallory, ben: Person, { world }: Scene): Promise<void> {
  const asked = () => mallory.heard.find((message) => message.type === "join");
  await world.until("Ben asks to be let in", () => asked() !== undefined);
  const join = asked();
  if (join === undefined) throw new Error("nobody asked");
  const { request, capability } = join;
  const admitted = author(mallory.log, {
    key: mallory.key,
    time: Math.floor(world.clock.now()),
    body: { type: "admit", request, index: mallory.log.entries.length, capability },
  });
  mallory.log = admitted.log;
  mallory.say(ben, { type: "entries", entries: mallory.log.entries.map(({ bytes }) => bytes) });
  await world.until("Ben is in", () => ben.call !== null);
}

describe("somebody with a stolen invite between two who want to meet", () => {
  it.each(["passes on what each says", "makes the proofs of the meeting secret anew"])(
    "that only %s gets them no channel: each side has bound both peers",
    async (how) => {
      const { world, anna, ben, link } = await annaInvitesBen();
      const proves = how.startsWith("makes") ? readInvite(link) : null;
      const middle = new Middle(world, anna, proves);
      world.knock(ben, forgeInvite(link, { addresses: middle.addresses }));
      await world.until(
        "Ben finds nobody",
        () => ben.view?.screen === "lobby" && ben.view.reach === "unreachable",
        90_000,
      );
      // They were within reach of each other's words, and none of them told Ben or Anna anything.
      expect(middle.passedOn.length).toBeGreaterThan(0);
      expect(middle.passedBack.length > 0).toBe(proves !== null);
      expect(ben.call).toBeNull();
      expect(listed(anna)).toEqual([anna.id]);
      expect(anna.call?.notices).toEqual([]);
    },
  );

  it("that comes in to Anna and lets Ben in herself is on both screens, under codes that differ", async () => {
    const scene = await annaInvitesBen();
    const { world, anna, ben, link } = scene;
    const mallory = new Mallory(world, link);
    await mallory.enter(anna, "Ben");
    world.knock(ben, forgeInvite(link, { addresses: mallory.mesh.addresses() }));
    await letIn(mallory, ben, scene);
    mallory.greet(ben, "Anna");
    await world.clock.run(60_000);
    expect(listed(anna)).toEqual([anna.id, mallory.id].toSorted());
    // Anna's own entries cannot be left out, or nothing of the log would hold.
    expect(listed(ben)).toEqual([anna.id, ben.id, mallory.id].toSorted());
    expect(anna.code).toMatch(/^\d{30}$/);
    expect(ben.code).toMatch(/^\d{30}$/);
    expect(ben.code).not.toBe(anna.code);
    expect(anna.frames.members).not.toContain(ben.id);
    expect(ben.frames.members).not.toContain(anna.id);
  });

  it("that lets the news through gives them one code, and is the third on every list", async () => {
    const scene = await annaInvitesBen();
    const { world, anna, ben, link } = scene;
    const mallory = new Mallory(world, link);
    await mallory.enter(anna, "Ben");
    world.knock(ben, forgeInvite(link, { addresses: mallory.mesh.addresses() }));
    await letIn(mallory, ben, scene);
    mallory.say(anna, { type: "entries", entries: mallory.log.entries.map(({ bytes }) => bytes) });
    mallory.say(ben, { type: "contacts", contacts: [[memberKeyOf(anna.id), [...anna.mesh.addresses()]]] });
    await world.until("one code", () => anna.code === ben.code);
    const all = [anna.id, ben.id, mallory.id].toSorted();
    expect([listed(anna), listed(ben)]).toEqual([all, all]);
    const told = (): string[] =>
      (anna.call?.notices ?? []).filter(({ kind }) => kind === "joined").map(({ member }) => member);
    await world.until("Anna is told of both", () => [ben.id, mallory.id].every((id) => told().includes(id)));
  });

  it("that makes Ben a meeting of her own and calls herself Anna gives him another code and another safety number", async () => {
    const scene = await annaInvitesBen();
    const { world, anna, ben, link } = scene;
    const toAnna = new Mallory(world, link);
    await toAnna.enter(anna, "Ben");
    const toBen = new Mallory(world, link, 667);
    const meetingId = deriveMeetingId(readInvite(link).meetingSecret);
    toBen.log = author(createLog({ meetingId, root: toBen.key.publicKey }), {
      key: toBen.key,
      time: Math.floor(world.clock.now()),
      body: {
        type: "create",
        policy: { admission: "invite", removal: "moderators" },
        fingerprint: "0".repeat(64),
      },
    }).log;
    const forged = { root: toBen.key.publicKey, capability: toBen.capability(), addresses: toBen.mesh.addresses() };
    world.knock(ben, forgeInvite(link, forged));
    await letIn(toBen, ben, scene);
    toBen.greet(ben, "Anna");
    await world.until("each sees the name of the other", () =>
      [[anna, "Ben"] as const, [ben, "Anna"] as const].every(([person, name]) =>
        person.call?.participants.some((participant) => !participant.self && participant.name === name),
      ),
    );
    // Both screens look right, but for what is there to be compared.
    expect([anna, ben].map(({ call }) => call?.participants.length)).toEqual([2, 2]);
    expect(ben.code).not.toBe(anna.code);
    expect(safetyNumber(ben, "Anna")).not.toBe(safetyNumber(anna, "Ben"));
    expect(listed(anna)).toContain(toAnna.id);
    expect(listed(ben)).toContain(toBen.id);
  });

  it("cannot pass for Ben by the request that he made himself", async () => {
    const { world, anna, ben, link } = await annaInvitesBen();
    const mallory = new Mallory(world, link);
    world.knock(ben, forgeInvite(link, { addresses: mallory.mesh.addresses() }));
    const asked = () => mallory.heard.find((message) => message.type === "join");
    await world.until("Ben asks to be let in", () => asked() !== undefined);
    const join = asked();
    if (join === undefined) throw new Error("nobody asked");
    await mallory.reach(anna);
    mallory.say(anna, join);
    await world.until("she is cut off", () => mallory.isCutOffFrom(anna));
    expect(listed(anna)).toEqual([anna.id]);
    expect(ben.call).toBeNull();
  });

  it.each(["Anna", "Ben"])(
    "cannot pass for %s by that key alone: the handshake asks for its signature",
    async (whom) => {
      const { world, anna, ben, link } = await annaInvitesBen();
      await world.join(ben, link);
      await world.together([anna, ben]);
      const [victim, other] = whom === "Anna" ? [anna, ben] : [ben, anna];
      const mallory = new Mallory(world, link);
      mallory.poseAs(memberKeyOf(victim.id));
      world.network.cut(anna.mesh, ben.mesh);
      await mallory.reach(other);
      await world.until("she is cut off", () => mallory.isCutOffFrom(other));
      expect(mallory.heard).toEqual([]);
      await world.together([anna, ben]);
      expect(listed(other)).toEqual([anna.id, ben.id].toSorted());
    },
  );
});
