import type { EntryBody } from "../membership/body.ts";
import { holds } from "../membership/log.ts";
import type { Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/**
 * How long a host that took the place of one that died waits for the others to say what that one wrote. It usually knows: entries
 * are handed to the window before anybody else gets them.
 */
const RETURN_MS = 5_000;

/** From now on this member writes nothing until it has heard from the others, or waited for them. */
export function beginReturning(turn: SessionTurn): void {
  turn.session.returning = { until: turn.elapsed + RETURN_MS, withheld: [] };
}

/** Keeps for later what must not be written yet, or all would be told two histories; false when it can be written now. */
export function withhold({ session }: SessionTurn, bodies: readonly EntryBody[]): boolean {
  session.returning?.withheld.push(...bodies);
  return session.returning !== null;
}

/** What can be written now, once every member has said which entries it has and all of these are here, or has let the time pass. */
export function heardEnough({ session, elapsed }: SessionTurn): readonly EntryBody[] {
  const { returning, contacts, seeking, log } = session;
  if (returning === null) return [];
  const isHeldHere = holds(
    log,
    [...seeking.heads.values()].map(({ head }) => head),
  );
  const heardAll = isHeldHere && [...contacts.values()].every(({ greeted }) => greeted);
  return heardAll || returning.until <= elapsed ? takeWithheld(session) : [];
}

/** Ends the waiting, and gives what it has put off. */
export function takeWithheld(session: Session): readonly EntryBody[] {
  const withheld = session.returning?.withheld ?? [];
  session.returning = null;
  return withheld;
}

/** When the waiting ends at the latest, in elapsed ms; empty if there is none. */
export function returningTimes({ returning }: Session): number[] {
  return returning === null ? [] : [returning.until];
}
