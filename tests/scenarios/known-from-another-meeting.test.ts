import { expect, it, vi } from "vitest";
import { goHome, withPersona } from "../support/world/persona.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Both in a call, each with an open persona, of which Ben's is shown. */
async function meet(world: World, anna: Person, ben: Person, show = true): Promise<void> {
  const link = await world.start(anna);
  ben.command({ type: "open-invite", name: ben.name, invite: link });
  if (show) ben.command({ type: "show-persona", shown: true });
  ben.enter();
  await world.together([anna, ben]);
  await world.clock.run(500);
}

function compare(anna: Person, ben: Person): void {
  anna.command({ type: "show-safety-number", member: ben.id });
  anna.command({ type: "set-verified", member: ben.id, verified: true });
}

async function save(anna: Person, ben: Person, name: string): Promise<void> {
  const before = anna.identity?.contacts.length ?? 0;
  anna.command({ type: "save-contact", member: ben.id, name });
  await vi.waitFor(() => expect(anna.identity?.contacts).toHaveLength(before + 1));
}

it("a contact is recognised in a later meeting, under one's own name, whatever it calls itself there", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), await withPersona(world, "Ben", "Ben K.")];
  await meet(world, anna, ben);
  const shown = anna.participant(ben)?.persona;
  expect(shown).toMatchObject({ shown: { name: "Ben K." }, contact: null, unlike: null });
  expect(ben.participant(anna)?.persona.shown).toBeNull();
  await save(anna, ben, "My brother");
  expect(anna.participant(ben)?.persona.contact).toBe("My brother");
  const first = ben.id;
  [anna, ben].forEach(goHome);
  await meet(world, anna, ben);
  expect(ben.id).not.toBe(first);
  expect(anna.participant(ben)).toMatchObject({
    verifiedAs: null,
    persona: { shown: shown?.shown, contact: "My brother", unlike: null },
  });
});

it("a mark that was put on a contact lasts over meetings, and is taken off for good", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), await withPersona(world, "Ben")];
  await meet(world, anna, ben);
  compare(anna, ben);
  await save(anna, ben, "Ben");
  expect(anna.identity?.contacts[0]?.verified).toBe(true);
  [anna, ben].forEach(goHome);
  await meet(world, anna, ben);
  expect(anna.participant(ben)).toMatchObject({ verifiedAs: "Ben", safetyNumber: null });
  anna.command({ type: "set-verified", member: ben.id, verified: false });
  await vi.waitFor(() => expect(anna.identity?.contacts[0]?.verified).toBe(false));
  expect(anna.participant(ben)?.verifiedAs).toBeNull();
  compare(anna, ben);
  await vi.waitFor(() => expect(anna.identity?.contacts[0]?.verified).toBe(true));
});

it("the mark does not come without the persona: a contact who shows none is no more verified than anybody", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), await withPersona(world, "Ben")];
  await meet(world, anna, ben);
  compare(anna, ben);
  await save(anna, ben, "Ben");
  [anna, ben].forEach(goHome);
  await meet(world, anna, ben, false);
  expect(anna.participant(ben)).toMatchObject({
    verifiedAs: null,
    persona: { shown: null, contact: null, unlike: "Ben" },
  });
});

it("another persona under the name of a contact is shown as such, also in other letters", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), await withPersona(world, "Ben", "Ben K.")];
  await meet(world, anna, ben);
  compare(anna, ben);
  await save(anna, ben, "Ben");
  [anna, ben].forEach(goHome);
  const impostor = await withPersona(world, "Somebody", "ＢＥＮ k.");
  await meet(world, anna, impostor);
  expect(anna.participant(impostor)).toMatchObject({
    verifiedAs: null,
    persona: { shown: { name: "ＢＥＮ k." }, contact: null, unlike: "Ben" },
  });
});

it("a verified contact who comes under another name is shown with the name that was verified", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), await withPersona(world, "Ben")];
  await meet(world, anna, ben);
  compare(anna, ben);
  await save(anna, ben, "Ben");
  goHome(anna);
  goHome(ben);
  const link = await world.start(anna);
  ben.command({ type: "open-invite", name: "Carla", invite: link });
  ben.command({ type: "show-persona", shown: true });
  ben.command({
    type: "enter-meeting",
    name: "Carla",
    media: { microphone: true, camera: true, screen: false },
  });
  const carla = () => anna.call?.participants.find(({ name }) => name === "Carla");
  await world.until("the persona came", () => (carla()?.persona.shown ?? null) !== null);
  expect(carla()?.verifiedAs).toBe("Ben");
});

it("nobody is saved who has shown nothing, or by somebody without a persona, and nobody saves themselves", async () => {
  const world = new World();
  const [anna, ben] = [await withPersona(world, "Anna"), world.person("Ben")];
  await meet(world, anna, ben, false);
  anna.command({ type: "save-contact", member: ben.id, name: "Ben" });
  anna.command({ type: "save-contact", member: anna.id, name: "Me" });
  ben.command({ type: "save-contact", member: anna.id, name: "Anna" });
  await world.clock.run(1_000);
  expect(anna.identity?.contacts).toEqual([]);
  expect(ben.identity?.state).toBe("none");
});
