import type { ScreenOf } from "../contract/snapshots.ts";
import { wipeSenderKeys } from "../keys/sender-keys.ts";
import { closeMedia } from "./media.ts";
import { wipeLink } from "./link-end.ts";
import type { EntryId } from "../membership/ids.ts";
import type { SessionTurn, Turn } from "./turn.ts";

type Ended = ScreenOf<"ended">;

/**
 * The meeting is over for this person: every key is wiped, every link closed, and the last screen says why.
 * `null` goes back to the home screen. The others' meeting goes on.
 */
export function endSession(
  turn: SessionTurn,
  why: (Pick<Ended, "cause" | "by" | "reason"> & { readonly at?: number }) | null,
): void {
  const { session, state, effects } = turn;
  for (const contact of session.contacts.values()) closeMedia(turn, contact);
  effects.push({ type: "key", message: { type: "forget-all" } });
  for (const link of session.links.values()) {
    effects.push({ type: "close", link: link.id });
    wipeLink(link);
  }
  effects.push({ type: "stop-mesh" });
  if (session.senderKeys !== null) wipeSenderKeys(session.senderKeys);
  session.peerKey.wipe();
  if (state.exile?.signingKey !== session.signingKey) {
    session.secret.wipe();
    session.signingKey.wipe();
  }
  state.session = null;
  state.ended = why === null ? null : { screen: "ended", at: turn.now, ...why, appeal: "none" };
}

/** As `endSession` for somebody removed, who keeps what it takes to appeal. */
export function endInExile(turn: SessionTurn, why: Pick<Ended, "by" | "reason" | "at">, removal: EntryId): void {
  const { session, state } = turn;
  const places = [...session.contacts.values()].flatMap(({ peer, addresses }) =>
    peer === null || addresses.length === 0 ? [] : [{ peer, addresses }],
  );
  const { secret, root, signingKey, log, name, recordName } = session;
  state.exile = { secret, root, signingKey, removal, log, name, recordName, places };
  endSession(turn, { cause: "removed", ...why });
  if (state.ended !== null && places.length > 0) state.ended = { ...state.ended, appeal: "possible" };
}

/** The last screen is left: the keys that it kept are wiped, unless a meeting goes on with them. */
export function forgetExile({ state }: Turn): void {
  const { exile, session } = state;
  state.exile = null;
  if (exile === null || session?.signingKey === exile.signingKey) return;
  exile.secret.wipe();
  exile.signingKey.wipe();
}
