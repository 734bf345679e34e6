import { describe, expect, it } from "vitest";
import { fromBase64Url } from "../../core/base/bytes.ts";
import { memberKeyOf } from "../../core/base/member-id.ts";
import type { ChatReference } from "../../core/contract/parts.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

usePlatformCrypto();

/** A message on somebody's screen by its text. */
function messageOn(person: Person, text: string) {
  return person.call?.chat.find((message) => message.text === text);
}

async function said(world: World, people: readonly Person[], text: string): Promise<ChatReference> {
  await world.until(`all read ${text}`, () => people.every((person) => messageOn(person, text) !== undefined));
  const { from, id } = messageOn(people[0] as Person, text) ?? { from: "", id: "" };
  return { from, id } as ChatReference;
}

function wired({ from, id }: ChatReference): Uint8Array {
  return Uint8Array.from([...memberKeyOf(from), ...(fromBase64Url(id) ?? [])]);
}

describe("chat replies", () => {
  it("name the same message on every screen, and none on a newcomer's, who gets no earlier words by them", async () => {
    const world = new World();
    const people = await world.meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people as [Person, Person, Person];
    anna.command({ type: "send-chat", text: "the harbour at dawn" });
    const first = await said(world, people, "the harbour at dawn");
    const dan = world.person("Dan");
    await world.join(dan, await world.invite(anna));
    const all = [...people, dan];
    await world.together(all);
    ben.command({ type: "send-chat", text: "which boat?", reply: first });
    const second = await said(world, all, "which boat?");
    for (const person of people) expect(messageOn(person, "which boat?")?.reply).toEqual(first);
    expect(messageOn(dan, "which boat?")?.reply).toBeNull();
    expect(JSON.stringify(dan.call?.chat)).not.toContain("harbour");
    cleo.command({ type: "send-chat", text: "the red one", reply: second });
    await said(world, all, "the red one");
    for (const person of all) expect(messageOn(person, "the red one")?.reply).toEqual(second);
  });

  it("find what they answer when it comes after them", async () => {
    const world = new World();
    const [anna, ben, cleo] = (await world.meeting("Anna", "Ben", "Cleo")) as [Person, Person, Person];
    world.network.setWay(anna.mesh, cleo.mesh, { delayMs: 2_000 });
    anna.command({ type: "send-chat", text: "can you hear me?" });
    const first = await said(world, [anna, ben], "can you hear me?");
    ben.command({ type: "send-chat", text: "I can", reply: first });
    await said(world, [anna, ben, cleo], "I can");
    expect(messageOn(cleo, "I can")?.reply).toBeNull();
    await said(world, [cleo], "can you hear me?");
    expect(messageOn(cleo, "I can")?.reply).toEqual(first);
  });

  it("to what was never said, to themselves, or under an id that two have chosen, quote nobody wrongly", async () => {
    const world = new World();
    const [anna, ben] = (await world.meeting("Anna", "Ben")) as [Person, Person];
    ben.command({ type: "send-chat", text: "I agree" });
    const ofBen = await said(world, [anna, ben], "I agree");
    const mallory = new Mallory(world, await world.invite(anna));
    await mallory.enter(anna);
    const say = (text: string, id: Uint8Array, answers: Uint8Array) =>
      mallory.say(anna, { type: "chat", id, at: 0, text, answers });
    const benId = fromBase64Url(ofBen.id) ?? new Uint8Array(16);
    say("made up", mallory.bytes(16), mallory.bytes(48));
    say("of Ben, never said", mallory.bytes(16), wired({ ...ofBen, id: "A".repeat(22) }));
    const own = new Uint8Array(16).fill(7);
    say("itself", own, Uint8Array.from([...mallory.key.publicKey, ...own]));
    say("under Ben's id", benId, wired(ofBen));
    await said(world, [anna], "under Ben's id");
    expect(messageOn(anna, "under Ben's id")?.reply).toEqual(ofBen);
    for (const text of ["made up", "of Ben, never said", "itself"]) expect(messageOn(anna, text)?.reply).toBeNull();
    anna.command({ type: "send-chat", text: "thank you, Ben", reply: ofBen });
    anna.command({ type: "send-chat", text: "to nobody", reply: { ...ofBen, id: "nothing" } });
    await said(world, [anna, ben], "to nobody");
    expect(messageOn(ben, "thank you, Ben")?.reply).toEqual(ofBen);
    expect(messageOn(anna, "thank you, Ben")?.reply).toEqual(ofBen);
    expect(messageOn(ben, "to nobody")?.reply).toBeNull();
    expect(mallory.isCutOffFrom(anna)).toBe(false);
  });
});
