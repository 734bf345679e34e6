import { rendezvousTag } from "../membership/meeting-id.ts";
import type { Secret } from "../base/secret.ts";
import type { SessionTurn } from "./turn.ts";

const DAY_MS = 24 * 60 * 60_000;
/** For so long after midnight (UTC) a meeting is found under the day before, too: the clocks of two machines differ. */
const TAG_OVERLAP_MS = 15 * 60_000;
/** The wall clock may be set at any time, and stands still while a machine sleeps. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** What a meeting is found under at a moment (ms since the Unix epoch), today's tag first. */
function tagsAt(secret: Secret<"meeting-secret">, now: number): readonly string[] {
  return [...new Set([rendezvousTag(secret, now), rendezvousTag(secret, now - TAG_OVERLAP_MS)])];
}

/** Lets the meeting be found under the present tags, when there are other ones than before. */
export function rendezvousDue(turn: SessionTurn): void {
  const { session, now, elapsed } = turn;
  if (session.node === null || session.rendezvous.checkAt > elapsed) return;
  const tags = tagsAt(session.secret, now);
  if (tags.join() !== session.rendezvous.tags.join()) turn.effects.push({ type: "announce", tags });
  session.rendezvous = { tags, checkAt: elapsed + Math.min(untilNextChange(now), LOOK_AGAIN_MS) };
}

function untilNextChange(now: number): number {
  const today = now % DAY_MS;
  return today < TAG_OVERLAP_MS ? TAG_OVERLAP_MS - today : DAY_MS - today;
}
