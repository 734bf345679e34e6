import { wipeChannel } from "../keys/channel.ts";
import { wipeHandshake } from "../keys/handshake.ts";
import type { LinkId } from "../ports/mesh.ts";
import { takeEarlyWords } from "./early.ts";
import { memberUnreachable } from "./keys.ts";
import { REDIAL_FIRST_MS } from "./limits.ts";
import type { Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Ends a link from this side; what is queued on it is sent first. */
export function closeLink(turn: SessionTurn, link: Link): void {
  turn.effects.push({ type: "close", link: link.id });
  linkClosed(turn, link.id);
}

/** A link is gone, whoever ended it: its keys are wiped, and the member it led to is looked for anew. */
export function linkClosed(turn: SessionTurn, id: LinkId): void {
  const { session } = turn;
  const link = session.links.get(id);
  if (link === undefined) return;
  session.links.delete(id);
  session.entry?.asked.delete(id);
  wipeLink(link);
  for (const knock of [...session.knocks.values()]) if (knock.link === id) session.knocks.delete(knock.id);
  const contact = link.stage.name === "channel" ? session.contacts.get(link.stage.member) : undefined;
  if (contact?.link !== id) return;
  contact.link = null;
  contact.greeted = false;
  contact.unreachableSince ??= turn.elapsed;
  contact.redialPause = REDIAL_FIRST_MS;
  // Both sides notice; a random part keeps them from dialling in the same moment.
  contact.redialAt = turn.elapsed + REDIAL_FIRST_MS * ((turn.random.bytes(1)[0] ?? 0) / 255);
  memberUnreachable(turn, contact.member);
}

/** Wipes whatever keys a link holds. */
export function wipeLink(link: Link): void {
  for (const word of takeEarlyWords(link)) if (word.type === "key") word.message.fill(0);
  if (link.stage.name === "channel") wipeChannel(link.stage.channel);
  else wipeHandshake(link.stage.handshake);
}
