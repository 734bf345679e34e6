import { vi } from "vitest";
import { MemoryPersonaStore } from "../identity.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** Somebody with a profile that holds a persona, open and not yet chosen to be shown to anybody. */
export async function withPersona(world: World, name: string, persona = name): Promise<Person> {
  const person = world.person(name, { store: new MemoryPersonaStore() });
  person.command({ type: "create-identity", name: persona, passphrase: "correct horse battery" });
  await hasIdentity(person, "open");
  return person;
}

/** The keeper of a persona works outside the world's time. */
export async function hasIdentity(person: Person, state: string): Promise<void> {
  await vi.waitFor(() => {
    if (person.identity?.state !== state || person.identity.busy) throw new Error(JSON.stringify(person.identity));
  });
}

/** Back on the home screen, ready for another meeting. */
export function goHome(person: Person): void {
  person.command({ type: "leave" });
  person.command({ type: "leave" });
  person.loadPage();
}
