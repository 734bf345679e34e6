import { MAX_REASON_CHARACTERS } from "../contract/limits.ts";
import { rulingKinds } from "../contract/snapshots.ts";
import type { Act, ActKind } from "../membership/acts.ts";
import type { Log } from "../membership/log.ts";
import { actsOf } from "../membership/roster.ts";
import { cleanText } from "./names.ts";
import { notice } from "./notices.ts";
import { roster } from "./roster.ts";
import type { Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Acts that nothing else tells of: who came and went follows from the roster, and open votes stand on the screen. */
const TOLD: ReadonlySet<ActKind> = new Set<ActKind>(rulingKinds);

/** Tells the person how the meeting is ruled differently from before. */
export function tellActs(turn: SessionTurn, before: Log): void {
  const { session } = turn;
  for (const act of actsOf(session.log)) {
    if (!isTold(act.kind) || before.byId.has(act.entry)) continue;
    const { kind, by, about, time: signedAt } = act;
    const reason = cleanText(wordsOf(session, act), MAX_REASON_CHARACTERS);
    notice(turn, { kind, member: about, by, reason, signedAt });
  }
}

function isTold(kind: ActKind): kind is (typeof rulingKinds)[number] {
  return TOLD.has(kind);
}

/** What goes with an act; of a closed invite what it was called, where somebody came in by it or this person made it. */
export function wordsOf(session: Session, { text, invite: closed }: Act): string {
  if (closed === null) return text;
  const { id, issuer } = closed;
  const used = roster(session).invites.find((invite) => invite.id === id && invite.issuer === issuer);
  const made = issuer === session.self ? session.made.find((invite) => invite.id === id) : undefined;
  return (used ?? made)?.label ?? "";
}
