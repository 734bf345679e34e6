import { toBase64Url } from "../base/bytes.ts";
import { MAX_CHAT_CHARACTERS, MAX_CHAT_MESSAGES } from "../contract/limits.ts";
import type { ChatReference, MemberId } from "../contract/parts.ts";
import { isNamedBy, readReference, writeReference } from "./chat-reference.ts";
import { spend } from "./budget.ts";
import { CHATS, MAX_OUTBOX } from "./limits.ts";
import { cleanText } from "./names.ts";
import { sendTo } from "./sending.ts";
import type { Contact, OutgoingChat, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Says something to everybody who is a member now; who is out of reach gets it on coming back. */
export function sayToAll(
  turn: SessionTurn,
  said: { readonly text: string; readonly reply?: ChatReference | undefined },
): void {
  const { session } = turn;
  const text = cleanText(said.text, MAX_CHAT_CHARACTERS);
  if (text.trim() === "") return;
  const answered = said.reply;
  const known = answered !== undefined && session.chat.some((shown) => isNamedBy(answered, shown));
  const reply = known ? answered : null;
  const outgoing: OutgoingChat = { id: turn.random.bytes(16), at: turn.now, text, answers: writeReference(reply) };
  for (const contact of session.contacts.values()) {
    contact.outbox.push(outgoing);
    if (contact.outbox.length > MAX_OUTBOX) contact.outbox.shift();
    if (contact.greeted) sendChat(turn, contact.member, outgoing);
  }
  remember(session, {
    id: toBase64Url(outgoing.id),
    from: session.self,
    text,
    reply,
    at: turn.now,
    delivered: 0,
    recipients: session.contacts.size,
  });
}

/** A member is in reach again: everything it has not acknowledged goes out once more. */
export function resendOutbox(turn: SessionTurn, contact: Contact): void {
  for (const outgoing of contact.outbox) sendChat(turn, contact.member, outgoing);
}

function sendChat(turn: SessionTurn, to: MemberId, outgoing: OutgoingChat): void {
  sendTo(turn, to, { type: "chat", ...outgoing });
}

/** Something said by a member. What comes twice is acknowledged twice and shown once; a flood is dropped unread. */
export function chatArrived(turn: SessionTurn, contact: Contact, chat: OutgoingChat): void {
  const spent = spend(contact.chats, CHATS, { elapsed: turn.elapsed, wanted: 1 });
  contact.chats = spent.budget;
  if (spent.granted === 0) return;
  sendTo(turn, contact.member, { type: "chat-ack", id: chat.id });
  const id = toBase64Url(chat.id);
  const text = cleanText(chat.text, MAX_CHAT_CHARACTERS);
  const known = turn.session.chat.some((shown) => shown.id === id && shown.from === contact.member);
  if (known || text.trim() === "") return;
  // The sender's clock is not trusted: a message is shown at the time it came.
  const own = { from: contact.member, id };
  const answered = readReference(chat.answers);
  // What it answers may come later, by another link; no message answers itself.
  const reply = answered === null || isNamedBy(answered, own) ? null : answered;
  remember(turn.session, { ...own, text, reply, at: turn.now, delivered: 0, recipients: 0 });
}

/** A member has got a message of ours; it counts once for each member. */
export function chatAcknowledged(turn: SessionTurn, contact: Contact, acknowledged: Uint8Array): void {
  const { session } = turn;
  const id = toBase64Url(acknowledged);
  const waiting = contact.outbox.length;
  contact.outbox = contact.outbox.filter((outgoing) => toBase64Url(outgoing.id) !== id);
  if (contact.outbox.length === waiting) return;
  session.chat = session.chat.map((message) =>
    message.id === id && message.from === session.self ? { ...message, delivered: message.delivered + 1 } : message,
  );
}

function remember(session: Session, message: Session["chat"][number]): void {
  session.chat = [...session.chat, message].slice(-MAX_CHAT_MESSAGES);
}
