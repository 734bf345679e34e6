import type { Participant } from "../../../core/contract/snapshots.ts";

/** verified: this person has compared the number; renamed: they have, under another name; namesake: another's verified name. */
export type Trust = "verified" | "renamed" | "namesake";

/** What is to be said about who a member is; null while nothing was compared. */
export function trustOf({ name, verifiedAs, namesake }: Participant): Trust | null {
  if (verifiedAs !== null) return verifiedAs === name ? "verified" : "renamed";
  return namesake ? "namesake" : null;
}
