import { AWAY_MS } from "./limits.ts";
import type { Contact, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Marks members who have been out of reach for so long that the list should say so. They come back as soon as they greet. */
export function markAway({ session, elapsed }: SessionTurn): void {
  for (const contact of session.contacts.values()) if ((awayAt(contact) ?? Infinity) <= elapsed) contact.away = true;
}

/** When members will count as away if nothing changes, in elapsed ms. */
export function awayTimes({ contacts }: Session): number[] {
  return [...contacts.values()].flatMap((contact) => awayAt(contact) ?? []);
}

function awayAt({ away, unreachableSince }: Contact): number | null {
  return away || unreachableSince === null ? null : unreachableSince + AWAY_MS;
}
