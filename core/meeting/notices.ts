import { toBase64Url } from "../base/bytes.ts";
import { MAX_TIMESTAMP } from "../contract/limits.ts";
import type { MemberId } from "../contract/parts.ts";
import type { Notice } from "../contract/snapshots.ts";
import { NAME_WAIT_MS } from "./limits.ts";
import type { SessionTurn } from "./turn.ts";

const MAX_NOTICES = 100;
/** How far two clocks may be apart for a signed time to be believed, in ms. */
const CLOCKS_APART_MS = 2 * 60_000;

export interface Told {
  readonly kind: Notice["kind"];
  readonly member: MemberId;
  readonly by: MemberId | null;
  readonly reason: string;
  /** When it was done by the clock of whoever did it, in ms since the Unix epoch; null where nobody signed one. */
  readonly signedAt: number | null;
}

/** Tells the person that somebody came or went; a newcomer once the name is known, or has been waited for. */
export function notice(turn: SessionTurn, { signedAt, ...told }: Told): void {
  const { session } = turn;
  const at = saidAt(turn, signedAt);
  const misdated = signedAt !== null && at !== signedAt;
  const wait = told.kind === "joined" ? { until: turn.elapsed + NAME_WAIT_MS } : null;
  const made = { ...told, id: toBase64Url(turn.random.bytes(9)), at, misdated, wait };
  session.notices = [...session.notices, made].slice(-MAX_NOTICES);
}

/**
 * When something was done: the signed time, unless it cannot be true, or now. What is heard of was done after the meeting began and
 * not in the future, give or take what clocks may differ by.
 */
export function saidAt({ session, now }: SessionTurn, signedAt: number | null): number {
  const began = session.log.entries[0]?.entry.time ?? 0;
  const possible = signedAt !== null && signedAt <= now + CLOCKS_APART_MS && signedAt >= began - CLOCKS_APART_MS;
  return possible ? Math.min(Math.max(signedAt, 0), MAX_TIMESTAMP) : now;
}

/** Announces those for whose names it was waited long enough. */
export function announceNameless(turn: SessionTurn): void {
  const { session } = turn;
  session.notices = session.notices.map((made) =>
    made.wait !== null && made.wait.until <= turn.elapsed ? { ...made, wait: null } : made,
  );
}
