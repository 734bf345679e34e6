import type { Participant } from "../../../core/contract/snapshots.ts";

type Raising = Pick<Participant, "hand">;

/** Those with a hand up, first come first. */
export function handsUp<P extends Raising>(participants: readonly P[]): P[] {
  return participants.filter(({ hand }) => hand > 0).sort((a, b) => a.hand - b.hand);
}

/** Everybody: those with a hand up first, in their order, then the rest as they stood. */
export function handsFirst<P extends Raising>(participants: readonly P[]): P[] {
  return [...handsUp(participants), ...participants.filter(({ hand }) => hand === 0)];
}
