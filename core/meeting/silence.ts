import type { MemberId } from "../contract/parts.ts";
import type { EntryId } from "../membership/ids.ts";
import type { Log } from "../membership/log.ts";
import { hasUnheardExpulsion } from "../membership/unheard.ts";
import { SILENT_MS } from "./limits.ts";
import { isModerator, roster } from "./roster.ts";
import type { Contact, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Of a link that has just come nobody can say that its other end was heard before. */
const SETTLED_MS = 10_000;

/** Whether no moderator was heard for a minute. Only this client's view: the log knows it when members say so in their votes. */
export function areModeratorsSilent(session: Session): boolean {
  const moderators = roster(session).members.filter(({ moderator }) => moderator);
  return moderators.every(({ id }) => id !== session.self && session.contacts.get(id)?.silent === true);
}

/** Marks members of whom nothing has come for a minute, over their own link or in the log. */
export function markSilent({ session, elapsed }: SessionTurn): void {
  for (const contact of session.contacts.values())
    if ((silentAt(contact) ?? Infinity) <= elapsed) contact.silent = true;
}

/** When members will count as silent if nothing changes, in elapsed ms. */
export function silenceTimes({ contacts }: Session): number[] {
  return [...contacts.values()].flatMap((contact) => silentAt(contact) ?? []);
}

function silentAt({ silent, unreachableSince, lastWordAt }: Contact): number | null {
  return silent || unreachableSince === null ? null : Math.max(unreachableSince, lastWordAt) + SILENT_MS;
}

/** New entries of these members have come, by whatever way: they are there. */
export function heardOf({ session, elapsed }: SessionTurn, authors: readonly MemberId[]): void {
  for (const author of authors) {
    const contact = session.contacts.get(author);
    if (contact === undefined) continue;
    contact.lastWordAt = elapsed;
    contact.silent = false;
  }
}

/** Whether this person is a moderator who has been here with others all the time, so that whoever says otherwise is wrong. */
function wasHere({ session, elapsed }: SessionTurn): boolean {
  const inTouch = ({ greeted, greetedAt, silent }: Contact): boolean =>
    greeted ? greetedAt + SETTLED_MS <= elapsed : !silent && greetedAt > 0;
  return (
    session.returning === null && isModerator(session, session.self) && [...session.contacts.values()].some(inTouch)
  );
}

/** Whether this person has to contradict votes that stand and say that no moderator was heard. */
export function mustContradictVotes(turn: SessionTurn): boolean {
  return roster(turn.session).motions.some(({ unheard }) => unheard) && wasHere(turn);
}

/** Whether this person has to contradict an expulsion among entries that have just come. The log is the one with them. */
export function mustContradictExpulsion(turn: SessionTurn, log: Log, added: readonly EntryId[]): boolean {
  return wasHere(turn) && hasUnheardExpulsion(log, added);
}
