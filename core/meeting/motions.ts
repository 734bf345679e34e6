import type { EntryBody } from "../membership/body.ts";
import type { MotionTally } from "../membership/motions.ts";
import { lowestFreeIndex } from "../membership/roster.ts";
import { roster } from "./roster.ts";
import { areModeratorsSilent } from "./silence.ts";
import type { Session } from "./state.ts";

/**
 * What votes have decided and this member has to put down; null if nothing. One does it for all: the first of those for it who is here
 * or within reach. Should that one not do it, it is asked again and again, and by then that one is out of reach.
 */
export function decidedHere(session: Session): EntryBody | null {
  const tally = session.entered ? roster(session).motions.find((one) => isMineToWrite(session, one)) : undefined;
  return tally === undefined ? null : outcomeOf(session, tally);
}

function isMineToWrite(session: Session, { decided, approvals, unheard }: MotionTally): boolean {
  const { self, contacts } = session;
  if (!decided || (unheard && !areModeratorsSilent(session))) return false;
  return approvals.find((one) => one === self || contacts.get(one)?.greeted === true) === self;
}

function outcomeOf(session: Session, { motion, member, reason, unheard }: MotionTally): EntryBody {
  return motion === "remove"
    ? { type: "expel", member, reason, unheard }
    : { type: "readmit", member, index: lowestFreeIndex(roster(session)) };
}
