import { fromBase64Url, toBase64Url } from "../base/bytes.ts";
import { unreachable } from "../base/errors.ts";
import type { MemberId } from "../base/member-id.ts";
import { Secret } from "../base/secret.ts";
import type { FileCommand } from "../contract/files.ts";
import { TRANSFER_SECRET_BYTES } from "../files/chunks.ts";
import { safeFileName } from "../files/file-name.ts";
import type { FileEvent, FileId } from "../ports/files.ts";
import type { ChannelMessage } from "../wire/channel-messages.ts";
import { spend } from "./budget.ts";
import {
  FILE_RETRY_FIRST_MS,
  FILE_RETRY_LONGEST_MS,
  FILES,
  MAX_FILE_TRIES,
  MAX_OFFERED_FILES,
  MAX_OWN_FILES,
} from "./limits.ts";
import { sendTo } from "./sending.ts";
import type { OfferedFile, OwnFile } from "./file-state.ts";
import type { Contact, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

type Told<T extends FileEvent["type"]> = Extract<FileEvent, { type: T }>;
type Said<T extends ChannelMessage["type"]> = Extract<ChannelMessage, { type: T }>;

const idOf = (id: FileId): Uint8Array => fromBase64Url(id) ?? new Uint8Array();
const keyOf = ({ from, id }: { from: MemberId; id: FileId }): string => `${from} ${id}`;

/** Carries out what the person wants of files. */
export function applyFileCommand(turn: SessionTurn, command: FileCommand): void {
  const { session } = turn;
  switch (command.type) {
    case "choose-file":
      return choose(turn);
    case "take-file": {
      const offered = session.offeredFiles.get(keyOf(command.file));
      if (offered === undefined || !["offered", "declined", "waiting", "lost"].includes(offered.state)) return;
      offered.tries = 0;
      return take(turn, offered);
    }
    case "drop-file": {
      const own = command.file.from === session.self ? session.ownFiles.get(command.file.id) : undefined;
      if (own !== undefined) return withdraw(turn, own);
      const offered = session.offeredFiles.get(keyOf(command.file));
      return offered === undefined ? undefined : decline(turn, offered);
    }
    default:
      return unreachable(command);
  }
}

/** The window is asked for a file. One at a time: the person can look at one question only. */
function choose(turn: SessionTurn): void {
  const { ownFiles } = turn.session;
  if ([...ownFiles.values()].some(({ state }) => state === "reading")) return;
  const id = toBase64Url(turn.random.bytes(16));
  const empty = { name: "", size: 0, hash: new Uint8Array(), takers: new Map(), done: 0, why: null };
  ownFiles.set(id, { id, at: turn.now, state: "reading", ...empty });
  const oldest = [...ownFiles.values()].find(({ state }) => state !== "offered");
  if (ownFiles.size > MAX_OWN_FILES && oldest !== undefined && oldest.id !== id) ownFiles.delete(oldest.id);
  turn.effects.push({ type: "file", order: { type: "choose", id } });
}

function withdraw(turn: SessionTurn, own: OwnFile): void {
  if (own.state !== "reading" && own.state !== "offered") return;
  turn.effects.push({ type: "file", order: { type: "withdraw", id: own.id } });
  // What was never offered was never there.
  if (own.state === "reading") return;
  own.state = "withdrawn";
  for (const member of own.takers.keys()) sendTo(turn, member, { type: "file-withdraw", id: idOf(own.id) });
}

/** A member is in reach again: the files that it may not have heard of are offered, and what was on its way goes on. */
export function resumeFiles(turn: SessionTurn, contact: Contact): void {
  const { session } = turn;
  for (const own of session.ownFiles.values()) {
    const taker = own.takers.get(contact.member);
    if (taker === undefined) continue;
    if (own.state === "withdrawn") sendTo(turn, contact.member, { type: "file-withdraw", id: idOf(own.id) });
    else if (taker.state !== "has-it" && taker.state !== "declined") offer(turn, own, contact.member);
  }
  for (const offered of session.offeredFiles.values()) {
    if (offered.from === contact.member && offered.state === "waiting") take(turn, offered);
  }
}

function offer(turn: SessionTurn, { id, name, size, hash }: OwnFile, to: MemberId): void {
  sendTo(turn, to, { type: "file-offer", id: idOf(id), name, size, hash });
}

/** A member offers a file. Said twice it is one; more than a screen has room for are not listed. */
export function fileOffered(turn: SessionTurn, contact: Contact, said: Said<"file-offer">): void {
  const { offeredFiles } = turn.session;
  const spent = spend(contact.files, FILES, { elapsed: turn.elapsed, wanted: 1 });
  contact.files = spent.budget;
  const file = { from: contact.member, id: toBase64Url(said.id) };
  if (spent.granted === 0 || offeredFiles.has(keyOf(file))) return;
  const { size, hash } = said;
  const name = safeFileName(said.name);
  const fresh = { state: "offered", why: null, done: 0, tries: 0, retryAt: null, path: "" } as const;
  offeredFiles.set(keyOf(file), { ...file, ...fresh, name, size, hash, at: turn.now });
  forgetOldest(turn, contact.member);
}

/** Of the files of one member the oldest that nothing is done about falls away. */
function forgetOldest(turn: SessionTurn, from: MemberId): void {
  const all = [...turn.session.offeredFiles.values()].filter((one) => one.from === from);
  const oldest = all.find(({ state }) => state !== "receiving" && state !== "waiting");
  if (all.length > MAX_OFFERED_FILES && oldest !== undefined) turn.session.offeredFiles.delete(keyOf(oldest));
}

/** Asks the sender for the file, or for the rest of it, under a secret made for this one try. */
function take(turn: SessionTurn, offered: OfferedFile): void {
  const contact = turn.session.contacts.get(offered.from);
  offered.why = null;
  offered.retryAt = null;
  offered.state = "waiting";
  if (contact === undefined || !contact.greeted || contact.peer === null) return;
  const { from, id, name, size, hash, done: offset } = offered;
  const bytes = turn.random.bytes(TRANSFER_SECRET_BYTES);
  offered.state = "receiving";
  offered.tries++;
  // The way in is prepared before anybody can know of it.
  const secret = new Secret("transfer-secret", Uint8Array.from(bytes));
  const order = { type: "receive", from, id, peer: contact.peer, secret, name, size, hash, offset } as const;
  turn.effects.push({ type: "file", order });
  sendTo(turn, from, { type: "file-take", id: idOf(id), offset, secret: bytes });
  bytes.fill(0);
}

function decline(turn: SessionTurn, offered: OfferedFile): void {
  const { from, id } = offered;
  if (!["offered", "receiving", "waiting", "lost"].includes(offered.state)) return;
  end(turn, offered, "declined");
  sendTo(turn, from, { type: "file-decline", id: idOf(id) });
}

/** A member takes a file of ours, from an offset on. */
export function fileWanted(turn: SessionTurn, contact: Contact, said: Said<"file-take">): void {
  const spent = spend(contact.files, FILES, { elapsed: turn.elapsed, wanted: 1 });
  contact.files = spent.budget;
  const id = toBase64Url(said.id);
  const own = turn.session.ownFiles.get(id);
  const taker = own?.takers.get(contact.member);
  const secret = new Secret("transfer-secret", Uint8Array.from(said.secret));
  said.secret.fill(0);
  const { peer } = contact;
  const possible = spent.granted > 0 && said.offset <= (own?.size ?? 0);
  if (own?.state !== "offered" || taker === undefined || peer === null || !possible) return secret.wipe();
  taker.state = "sending";
  taker.done = said.offset;
  const { self } = turn.session;
  const way = { from: self, to: contact.member, peer, secret, offset: said.offset };
  turn.effects.push({ type: "file", order: { type: "send", id, ...way } });
}

/** A member does not want a file of ours, or not any more. */
export function fileDeclined(turn: SessionTurn, contact: Contact, id: FileId): void {
  const taker = turn.session.ownFiles.get(id)?.takers.get(contact.member);
  if (taker === undefined || taker.state === "has-it") return;
  taker.state = "declined";
  turn.effects.push({ type: "file", order: { type: "stop-sending", id, to: contact.member } });
}

/** A member offers a file no longer. What was saved stays. */
export function fileWithdrawn(turn: SessionTurn, contact: Contact, id: FileId): void {
  const offered = turn.session.offeredFiles.get(keyOf({ from: contact.member, id }));
  if (offered !== undefined && isOpen(offered)) end(turn, offered, "withdrawn");
}

/** Somebody is no member any more: nothing goes there, and what has not come whole from there does not stay. */
export function forgetFilesOf(turn: SessionTurn, member: MemberId): void {
  for (const own of turn.session.ownFiles.values()) {
    if (!own.takers.delete(member)) continue;
    turn.effects.push({ type: "file", order: { type: "stop-sending", id: own.id, to: member } });
  }
  for (const offered of turn.session.offeredFiles.values()) {
    if (offered.from === member && isOpen(offered)) end(turn, offered, "gone");
  }
}

const isOpen = ({ state }: OfferedFile): boolean => ["offered", "receiving", "waiting", "lost"].includes(state);

function end(turn: SessionTurn, offered: OfferedFile, state: OfferedFile["state"]): void {
  const { from, id } = offered;
  turn.effects.push({ type: "file", order: { type: "drop", from, id } });
  Object.assign(offered, { state, why: null, done: 0, retryAt: null });
}

/** Those who carry files have something to tell. */
export function fileEvent(turn: SessionTurn, event: FileEvent): void {
  switch (event.type) {
    case "reading":
    case "chosen":
    case "not-chosen":
      return ownFileRead(turn, event);
    case "sending":
    case "sent":
    case "not-sent":
      return ownFileSent(turn, event);
    default: {
      const offered = turn.session.offeredFiles.get(keyOf(event));
      if (offered?.state === "receiving") fileReceived(turn, offered, event);
    }
  }
}

function ownFileRead(turn: SessionTurn, event: Told<"reading" | "chosen" | "not-chosen">): void {
  const { session } = turn;
  const own = session.ownFiles.get(event.id);
  if (own?.state !== "reading") return;
  if (event.type === "not-chosen") {
    if (event.why === "cancelled") session.ownFiles.delete(own.id);
    else Object.assign(own, { state: "unread", why: event.why });
    return;
  }
  own.name = safeFileName(event.name);
  own.size = event.size;
  if (event.type === "reading") own.done = event.done;
  else offerToAll(turn, Object.assign(own, { hash: event.hash, done: event.size, state: "offered", at: turn.now }));
}

function offerToAll(turn: SessionTurn, own: OwnFile): void {
  for (const { member, greeted } of turn.session.contacts.values()) {
    own.takers.set(member, { state: "told", done: 0 });
    if (greeted) offer(turn, own, member);
  }
}

function ownFileSent(turn: SessionTurn, event: Told<"sending" | "sent" | "not-sent">): void {
  const own = turn.session.ownFiles.get(event.id);
  const taker = own?.takers.get(event.to);
  if (own === undefined || taker?.state !== "sending") return;
  if (event.type === "sending") taker.done = event.done;
  else if (event.type === "sent") Object.assign(taker, { state: "has-it", done: own.size });
  else {
    taker.state = "waiting";
    if (event.why === "broken" || own.state !== "offered") return;
    // What is not any more what was offered is offered no longer.
    withdraw(turn, own);
    own.why = event.why;
  }
}

function fileReceived(
  turn: SessionTurn,
  offered: OfferedFile,
  event: Told<"receiving" | "saved" | "not-received">,
): void {
  if (event.type === "receiving") offered.done = event.done;
  else if (event.type === "saved") Object.assign(offered, { state: "saved", done: offered.size, path: event.path });
  else if (event.why !== "broken") {
    end(turn, offered, "lost");
    offered.why = event.why;
    sendTo(turn, offered.from, { type: "file-decline", id: idOf(offered.id) });
  } else {
    if (event.done > offered.done) offered.tries = 0;
    const pause = FILE_RETRY_FIRST_MS * 2 ** offered.tries;
    Object.assign(offered, {
      state: "waiting",
      done: event.done,
      retryAt: turn.elapsed + Math.min(pause, FILE_RETRY_LONGEST_MS),
    });
  }
}

/** Tries again what stopped on its way; after several tries that brought nothing the person is asked. */
export function retryFiles(turn: SessionTurn): void {
  for (const offered of turn.session.offeredFiles.values()) {
    if (offered.retryAt === null || offered.retryAt > turn.elapsed) continue;
    offered.retryAt = null;
    if (offered.tries < MAX_FILE_TRIES) take(turn, offered);
    else Object.assign(offered, { state: "lost", why: "stalled" });
  }
}

/** When `retryFiles` has something to do next, in elapsed ms. */
export function fileRetryTimes({ offeredFiles }: Session): number[] {
  return [...offeredFiles.values()].flatMap(({ retryAt }) => (retryAt === null ? [] : [retryAt]));
}
