import { reactionKinds, type ReactionKind } from "../contract/reactions.ts";
import { spend } from "./budget.ts";
import { OWN_REACTIONS, REACTION_MS, REACTIONS } from "./limits.ts";
import { sendToGreeted } from "./sending.ts";
import type { Contact, Session, ShownReaction } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Shows a reaction to everybody in reach for a few seconds. More often than others would look at has no effect. */
export function react(turn: SessionTurn, kind: ReactionKind): void {
  const { session } = turn;
  const spent = spend(session.reactionBudget, OWN_REACTIONS, { elapsed: turn.elapsed, wanted: 1 });
  session.reactionBudget = spent.budget;
  if (spent.granted === 0) return;
  session.reaction = shown(turn, kind);
  sendToGreeted(turn, { type: "reaction", kind: reactionKinds.indexOf(kind) });
}

/** A member's reaction takes the place of its last one. A flood is dropped unread. */
export function reactionArrived(turn: SessionTurn, contact: Contact, number: number): void {
  const spent = spend(contact.reactionBudget, REACTIONS, { elapsed: turn.elapsed, wanted: 1 });
  contact.reactionBudget = spent.budget;
  const kind = reactionKinds[number];
  if (spent.granted > 0 && kind !== undefined) contact.reaction = shown(turn, kind);
}

function shown({ session, elapsed }: SessionTurn, kind: ReactionKind): ShownReaction {
  return { id: ++session.reactionCount, kind, until: elapsed + REACTION_MS };
}

/** Takes away the reactions that were shown for long enough. */
export function endReactions({ session, elapsed }: SessionTurn): void {
  for (const one of [session, ...session.contacts.values()]) {
    if (one.reaction !== null && one.reaction.until <= elapsed) one.reaction = null;
  }
}

/** When reactions will have been shown for long enough, in elapsed ms. */
export function reactionTimes(session: Session): number[] {
  return [session, ...session.contacts.values()].flatMap(({ reaction }) => reaction?.until ?? []);
}
