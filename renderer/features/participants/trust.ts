import type { Participant } from "../../../core/contract/snapshots.ts";

/** verified: this person has compared the number; renamed: they have, under another name; namesake: another's verified name; unlike: a contact's name with another identity. */
export type Trust = "verified" | "renamed" | "namesake" | "unlike";

/** What is to be said about who a member is; null while nothing was compared. */
export function trustOf({ name, verifiedAs, namesake, persona }: Participant): Trust | null {
  if (verifiedAs !== null) return verifiedAs === name ? "verified" : "renamed";
  if (persona.shown !== null && persona.unlike !== null) return "unlike";
  return namesake ? "namesake" : null;
}
