import type { ScreenOf } from "../contract/snapshots.ts";
import { wipeSenderKeys } from "../keys/sender-keys.ts";
import { closeMedia } from "./media.ts";
import { wipeLink } from "./link-end.ts";
import type { SessionTurn } from "./turn.ts";

type Ended = ScreenOf<"ended">;

/**
 * The meeting is over for this person: every key is wiped, every link closed, and the last screen says why.
 * `null` goes back to the home screen. The others' meeting goes on.
 */
export function endSession(turn: SessionTurn, why: Pick<Ended, "cause" | "by" | "reason"> | null): void {
  const { session, state, effects } = turn;
  for (const contact of session.contacts.values()) closeMedia(turn, contact);
  effects.push({ type: "key", message: { type: "forget-all" } });
  for (const link of session.links.values()) {
    effects.push({ type: "close", link: link.id });
    wipeLink(link);
  }
  effects.push({ type: "stop-mesh" });
  if (session.senderKeys !== null) wipeSenderKeys(session.senderKeys);
  session.secret.wipe();
  session.signingKey.wipe();
  state.session = null;
  state.ended = why === null ? null : { screen: "ended", ...why, at: turn.now };
}
