import { checkAppeal } from "../membership/appeal.ts";
import { MAX_JOINS_PER_LINK } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { write } from "./log.ts";
import { roster, wasRemoved } from "./roster.ts";
import { sendOn } from "./sending.ts";
import type { Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/**
 * Somebody removed appeals: the first member who hears it puts it into the log, and whoever hears it says that it was taken. The one
 * who appeals then waits on the link, like somebody at the door.
 */
export function appealArrived(turn: SessionTurn, link: Link, bytes: Uint8Array): void {
  const { session } = turn;
  link.joins++;
  if (link.joins > MAX_JOINS_PER_LINK || link.stage.name !== "channel") return closeLink(turn, link);
  const { member } = link.stage;
  const appeal = checkAppeal(bytes, session.meetingId);
  if (!appeal.ok || appeal.value.request.member !== member || !wasRemoved(session, member)) {
    return closeLink(turn, link);
  }
  const isOpen = (): boolean =>
    roster(session).motions.some(({ motion, member: subject }) => motion === "readmit" && subject === member);
  if (!isOpen()) write(turn, { type: "appeal", appeal: bytes });
  if (isOpen()) sendOn(turn, link, { type: "waiting" });
  else closeLink(turn, link);
}
