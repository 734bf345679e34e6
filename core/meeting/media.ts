import type { MediaReport } from "../contract/media-messages.ts";
import { MAX_GENERATION } from "../contract/parts.ts";
import { MAX_MEDIA_PER_WINDOW, MEDIA_RENEWAL_MS, MEDIA_WINDOW_MS } from "./limits.ts";
import { memberOf } from "./roster.ts";
import { sendTo } from "./sending.ts";
import type { Contact } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/**
 * Of two members, the one that was dialled leads their media link: it numbers the generations and makes the offers.
 * Both see the same link, so they never disagree on who leads.
 */
function leads(turn: SessionTurn, contact: Contact): boolean {
  return contact.link !== null && (turn.session.links.get(contact.link)?.inbound ?? false);
}

/**
 * Whether there is a media link to go on with. One that is still being built when a fresh mesh link takes the place of another is not:
 * what the pages said to each other may have been lost with that one.
 */
export function isMediaKept({ generation, mediaState }: Contact, fresh: boolean): boolean {
  return generation > 0 && (mediaState === "connected" || (mediaState === "connecting" && !fresh));
}

/** Both have said hello, for the first time on a fresh mesh link or once more: keeps a media link that both still have, else builds one. */
export function mediaAfterHello(
  turn: SessionTurn,
  contact: Contact,
  { theirs, fresh }: { readonly theirs: number; readonly fresh: boolean },
): void {
  const kept = isMediaKept(contact, fresh) && theirs === contact.generation;
  if (kept || !leads(turn, contact)) return;
  offerMedia(turn, contact, Math.max(contact.generation, theirs) + 1);
}

/** Builds a new media link, or asks the member who leads for one. */
export function renewMedia(turn: SessionTurn, contact: Contact): void {
  contact.mediaRenewAt = null;
  if (!contact.greeted) return;
  if (leads(turn, contact)) offerMedia(turn, contact, contact.generation + 1);
  else {
    sendTo(turn, contact.member, { type: "want-media" });
    contact.mediaRenewAt = turn.elapsed + 4 * MEDIA_RENEWAL_MS;
  }
}

/** The page is new and has no links: every media link is built again, at once or when the member is within reach again. */
export function renewAllMedia(turn: SessionTurn): void {
  for (const contact of turn.session.contacts.values()) {
    contact.mediaState = "lost";
    contact.mediaPath = "none";
    renewMedia(turn, contact);
  }
}

function offerMedia(turn: SessionTurn, contact: Contact, generation: number): void {
  const fresh = Math.max(generation, contact.generationsBefore + 1);
  // Who claims the highest number of all gets no link: there is none above it.
  if (fresh > MAX_GENERATION || !mayBuild(turn, contact)) return;
  sendTo(turn, contact.member, { type: "open-media", generation: fresh });
  openLink(turn, contact, { generation: fresh, initiator: true });
}

/** Each link is a new connection in the page: a member who asks for them without end gets the next once the window is over. */
function mayBuild(turn: SessionTurn, contact: Contact): boolean {
  const { from, built } = contact.mediaWindow;
  const fresh = turn.elapsed - from > MEDIA_WINDOW_MS;
  contact.mediaWindow = fresh ? { from: turn.elapsed, built: 1 } : { from, built: built + 1 };
  if (contact.mediaWindow.built <= MAX_MEDIA_PER_WINDOW) return true;
  contact.mediaRenewAt ??= from + MEDIA_WINDOW_MS + MEDIA_RENEWAL_MS;
  return false;
}

function openLink(turn: SessionTurn, contact: Contact, link: { generation: number; initiator: boolean }): void {
  const member = memberOf(turn.session, contact.member);
  if (member === undefined) return;
  contact.generation = link.generation;
  contact.mediaState = "connecting";
  contact.mediaPath = "none";
  contact.mediaRenewAt = null;
  const fingerprint = member.fingerprint as typeof turn.state.fingerprint & string;
  turn.effects.push({ type: "media", directive: { type: "open-link", member: contact.member, ...link, fingerprint } });
}

/** The member who leads is about to offer a new link. An older or equal number says that the two have lost step. */
export function mediaOffered(turn: SessionTurn, contact: Contact, generation: number): void {
  if (generation > contact.generation) {
    if (mayBuild(turn, contact)) openLink(turn, contact, { generation, initiator: false });
  } else if (!leads(turn, contact)) sendTo(turn, contact.member, { type: "want-media" });
}

/** The other's page needs a new link. Asked too often, it has to wait. */
export function mediaWanted(turn: SessionTurn, contact: Contact): void {
  if (!leads(turn, contact)) return;
  contact.mediaRenewAt ??= turn.elapsed + (contact.mediaState === "connecting" ? MEDIA_RENEWAL_MS : 0);
}

/** A signal of the other's page, for this page if it belongs to the present link. */
export function signalArrived(turn: SessionTurn, contact: Contact, signal: { generation: number; data: string }): void {
  // 0 is no link, and a signal of none is of no use to the page.
  if (contact.generation === 0 || signal.generation !== contact.generation) return;
  turn.effects.push({ type: "media", directive: { type: "signal", member: contact.member, ...signal } });
}

/** What the page's media engine says of one link; of a link that has been replaced, nothing counts. */
export function mediaReported(turn: SessionTurn, report: MediaReport): void {
  const contact = turn.session.contacts.get(report.member);
  if (contact === undefined || report.generation !== contact.generation) return;
  if (report.type === "signal") {
    sendTo(turn, contact.member, { type: "signal", generation: report.generation, data: report.data });
    return;
  }
  contact.mediaState = report.state;
  contact.mediaPath = report.path;
  if (report.state === "lost") contact.mediaRenewAt ??= turn.elapsed + (leads(turn, contact) ? 0 : MEDIA_RENEWAL_MS);
}

/** Ends the media link to a member if there ever was one. */
export function closeMedia(turn: SessionTurn, contact: Contact): void {
  if (contact.generation > 0)
    turn.effects.push({ type: "media", directive: { type: "close-link", member: contact.member } });
}
