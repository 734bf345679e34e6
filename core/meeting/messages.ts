import { toBase64Url } from "../base/bytes.ts";
import { memberIdOf } from "../base/member-id.ts";
import { unreachable } from "../base/errors.ts";
import { decodeChannelMessage, type ChannelMessage } from "../wire/channel-messages.ts";
import { appealArrived } from "./appeals.ts";
import { joinAsked, knockPassedOn, refusalPassedOn } from "./admission.ts";
import { chatAcknowledged, chatArrived } from "./chat.ts";

import { contactsTold, greeted, profileArrived, spreadAddresses } from "./contacts.ts";
import { keepEarlyWord, takeEarlyWords } from "./early.ts";
import { answerToGuest } from "./entry.ts";
import { fileDeclined, fileOffered, fileWanted, fileWithdrawn } from "./files.ts";
import { handArrived } from "./hands.ts";
import { keyMessageArrived } from "./keys.ts";
import { spend } from "./budget.ts";
import { MAX_JOINS_PER_LINK, MESSAGES } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { entriesArrived, headsArrived, headsGossiped } from "./log.ts";
import { mediaOffered, mediaWanted, signalArrived } from "./media.ts";
import { personaArrived } from "./personas.ts";
import { recordNameArrived } from "./records.ts";
import { reactionArrived } from "./reactions.ts";
import type { PeerId } from "../ports/mesh.ts";
import { mayNotKnow } from "./roster.ts";
import { dismissLate, sendMissing } from "./send-entries.ts";
import type { Contact, Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/**
 * One message out of a pairwise channel. Who the other end is to us decides what may be said:
 * to a guest, an answer; from a stranger, a request to join; everything else only between members.
 */
export function handleMessage(turn: SessionTurn, link: Link, message: ChannelMessage): void {
  const { entry, contacts } = turn.session;
  if (entry !== null) {
    answerToGuest(turn, link, { entry, message });
    if (turn.session.entered) hearEarlyWords(turn);
    return;
  }
  const contact = link.stage.name === "channel" ? contacts.get(link.stage.member) : undefined;
  if (contact !== undefined) {
    const spent = spend(contact.messages, MESSAGES, { elapsed: turn.elapsed, wanted: 1 });
    contact.messages = spent.budget;
    if (spent.granted === 0) return closeLink(turn, link);
    fromMember(turn, { link, contact, message });
    if (message.type === "entries") hearEarlyWords(turn);
    return;
  }
  if (message.type === "join") {
    const { request, capability } = message;
    return joinAsked(turn, link, { request, capability });
  }
  if (message.type === "appeal") return appealArrived(turn, link, message.appeal);
  if (message.type === "hello" && link.stage.name === "channel" && mayNotKnow(turn.session, link.stage.member)) {
    return dismissLate(turn, link, { member: link.stage.member, heads: message.heads });
  }
  // It may know of an admission that has not got here: its hello and its keys are kept until the log says so, the rest falls away.
  const kept = keepEarlyWord(link, message);
  const tooMany = ++link.joins > MAX_JOINS_PER_LINK || (!kept && message.type === "key");
  if (link.early.length === 0 || tooMany) closeLink(turn, link);
}

/** The log has come to know an admission, one's own or another's: what was said on that strength before counts now. */
function hearEarlyWords(turn: SessionTurn): void {
  if (turn.state.session !== turn.session) return;
  for (const contact of [...turn.session.contacts.values()]) {
    const link = contact.link === null ? undefined : turn.session.links.get(contact.link);
    if (link === undefined) continue;
    for (const message of takeEarlyWords(link)) fromMember(turn, { link, contact, message });
  }
}

interface Received {
  readonly link: Link;
  readonly contact: Contact;
  readonly message: ChannelMessage;
}

function fromMember(turn: SessionTurn, { link, contact, message }: Received): void {
  switch (message.type) {
    case "hello": {
      const news = !contact.greeted;
      greeted(turn, contact, message);
      headsArrived(turn, link, message.heads);
      if (news) spreadAddresses(turn, contact);
      return;
    }
    case "profile":
      return profileArrived(turn.session, contact, message);
    case "entries":
      return entriesArrived(turn, link, message.entries);
    case "sync":
      return headsArrived(turn, link, message.heads);
    case "contacts":
      return contactsTold(
        turn,
        message.contacts.map(([key, addresses]) => [memberIdOf(key), addresses] as const),
      );
    case "key":
      return keyMessageArrived(turn, contact.member, message.message);
    case "open-media":
      return mediaOffered(turn, contact, message.generation);
    case "want-media":
      return mediaWanted(turn, contact);
    case "signal":
      return signalArrived(turn, contact, message);
    case "chat":
      return chatArrived(turn, contact, message);
    case "chat-ack":
      return chatAcknowledged(turn, contact, message.id);
    case "hand":
      return handArrived(turn, contact, message.ticket);
    case "reaction":
      return reactionArrived(turn, contact, message.kind);
    case "file-offer":
      return fileOffered(turn, contact, message);
    case "file-take":
      return fileWanted(turn, contact, message);
    case "file-withdraw":
      return fileWithdrawn(turn, contact, toBase64Url(message.id));
    case "file-decline":
      return fileDeclined(turn, contact, toBase64Url(message.id));
    case "persona":
      return personaArrived(turn, { link, contact }, message.certificate);
    case "record-name":
      return recordNameArrived(turn, { link, contact }, message.statement);
    case "knock":
      return knockPassedOn(turn, contact.member, { request: message.request, capability: message.capability });
    case "knock-refused":
      return refusalPassedOn(turn, contact.member, message);
    // The news of being admitted has not reached it.
    case "join":
      return sendMissing(turn, link, []);
    // It was let back in, and has not heard of it.
    case "appeal":
      return sendMissing(turn, link, []);
    // Late words to one who was waiting until a moment ago.
    case "waiting":
    case "refused":
      return;
    default:
      return unreachable(message);
  }
}

/** What a member tells all the others at once, besides its links: the heads of its log. */
export function handleGossip(turn: SessionTurn, gossip: { peer: PeerId; bytes: Uint8Array }): void {
  const message = decodeChannelMessage(gossip.bytes);
  if (message.ok && message.value.type === "sync") headsGossiped(turn, gossip.peer, message.value.heads);
}
