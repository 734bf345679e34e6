import type { MemberId } from "../contract/parts.ts";
import { entriesAfter, landmarks, removalsAfter, removalsOf } from "../membership/log.ts";
import { MAX_ENTRIES_PER_MESSAGE, MAX_ENTRY_BYTES_PER_MESSAGE, MAX_HEADS } from "../wire/channel-messages.ts";
import { closeLink } from "./link-end.ts";
import { headsOf } from "./roster.ts";
import { sendOn } from "./sending.ts";
import type { Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** What one who was removed long ago is shown at most. */
const MAX_LATE_ENTRIES = 512;

/** Asks for what the other end holds and this one does not. */
export function askForMissing(turn: SessionTurn, link: Link): void {
  const heads = [...landmarks(turn.session.log), ...headsOf(turn.session)].slice(0, MAX_HEADS);
  sendOn(turn, link, { type: "sync", heads });
}

/** Sends a link what comes after the heads that its other end has. */
export function sendMissing(turn: SessionTurn, link: Link, theirHeads: readonly Uint8Array[]): void {
  const entries = entriesAfter(turn.session.log, theirHeads);
  for (const batch of batches(entries)) sendOn(turn, link, { type: "entries", entries: batch });
}

/** The entries in as few lists as fit into a message each. */
export function batches(entries: readonly Uint8Array[]): Uint8Array[][] {
  const made: Uint8Array[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = made.at(-1);
    bytes += entry.length;
    if (last === undefined || last.length >= MAX_ENTRIES_PER_MESSAGE || bytes > MAX_ENTRY_BYTES_PER_MESSAGE) {
      made.push([entry]);
      bytes = entry.length;
    } else last.push(entry);
  }
  return made;
}

/** Shows somebody who was removed the entry that did it, or somebody let in by a removed member what made that void, and closes the link. */
export function dismiss(turn: SessionTurn, link: Link, member: MemberId): void {
  const own = removalsOf(turn.session.log, member);
  const entries = (own.length > 0 ? own : removalsOf(turn.session.log)).slice(0, MAX_ENTRIES_PER_MESSAGE);
  if (entries.length > 0) sendOn(turn, link, { type: "entries", entries });
  closeLink(turn, link);
}

/** Somebody who was cut off when they were removed says hello: they get what the removal refers to besides, or they could not place it. */
export function dismissLate(
  turn: SessionTurn,
  link: Link,
  late: { member: MemberId; heads: readonly Uint8Array[] },
): void {
  const { log } = turn.session;
  const own = removalsOf(log, late.member).length > 0;
  const entries = removalsAfter(log, late.heads, own ? late.member : undefined).slice(0, MAX_LATE_ENTRIES);
  for (const batch of batches(entries)) sendOn(turn, link, { type: "entries", entries: batch });
  closeLink(turn, link);
}
