import type { Random } from "../ports/random.ts";
import type { Effect } from "./effects.ts";
import type { MeetingState, Session } from "./state.ts";

/** One step in the making: the state it may change, the effects it has asked for, and the time and chance it was given. */
export interface Turn {
  readonly state: MeetingState;
  readonly effects: Effect[];
  /** Wall clock, ms since the Unix epoch: only for what people read and what is signed. */
  readonly now: number;
  /** Monotonic, ms: for every duration. */
  readonly elapsed: number;
  readonly random: Random;
}

/** A turn inside a meeting. */
export interface SessionTurn extends Turn {
  readonly session: Session;
}

/** Runs `act` if a meeting is there; what comes for a meeting that is over falls away. */
export function inSession(turn: Turn, act: (turn: SessionTurn) => void): void {
  const { session } = turn.state;
  if (session !== null) act({ ...turn, session });
}
