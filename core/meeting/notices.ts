import { toBase64Url } from "../base/bytes.ts";
import type { MemberId } from "../contract/parts.ts";
import type { Notice } from "../contract/snapshots.ts";
import { NAME_WAIT_MS } from "./limits.ts";
import type { SessionTurn } from "./turn.ts";

const MAX_NOTICES = 100;

export interface Told {
  readonly kind: Notice["kind"];
  readonly member: MemberId;
  readonly by: MemberId | null;
  readonly reason: string;
}

/** Tells the person that somebody came or went; a newcomer once the name is known, or has been waited for. */
export function notice(turn: SessionTurn, told: Told): void {
  const { session } = turn;
  const wait = told.kind === "joined" ? { until: turn.elapsed + NAME_WAIT_MS } : null;
  const made = { ...told, id: toBase64Url(turn.random.bytes(9)), at: turn.now, wait };
  session.notices = [...session.notices, made].slice(-MAX_NOTICES);
}

/** Announces those for whose names it was waited long enough. */
export function announceNameless(turn: SessionTurn): void {
  const { session } = turn;
  session.notices = session.notices.map((made) =>
    made.wait !== null && made.wait.until <= turn.elapsed ? { ...made, wait: null } : made,
  );
}
