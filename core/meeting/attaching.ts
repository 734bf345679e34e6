import type { Command } from "../contract/commands.ts";
import { write } from "./log.ts";
import { renewAllMedia } from "./media.ts";
import { memberOf } from "./roster.ts";
import { inSession, type SessionTurn, type Turn } from "./turn.ts";
import { heardEnough } from "./withheld.ts";

/** A page is there: new links with its new certificate, which the log must hold before any offer with it is made. */
export function attach(turn: Turn, command: Extract<Command, { type: "attach" }>): void {
  turn.state.fingerprint = command.fingerprint;
  inSession(turn, (inside) => {
    const { session } = inside;
    // It was the earlier page that asked for it.
    session.record = null;
    const own = memberOf(session, session.self);
    if (own === undefined) return;
    if (own.fingerprint !== command.fingerprint) write(inside, { type: "device", fingerprint: command.fingerprint });
    if (session.entered) renewAllMedia(inside);
  });
}

/** Writes what a return had put off, if the others have been heard by now; links were refused while they did not know the certificate. */
export function writeWithheld(turn: SessionTurn): void {
  const bodies = heardEnough(turn);
  write(turn, ...bodies);
  if (bodies.some(({ type }) => type === "device")) renewAllMedia(turn);
}
