import * as v from "valibot";
import { MAX_FILE_NAME_CHARACTERS, MAX_PARTICIPANTS } from "./limits.ts";
import { count, memberId, text, timestamp } from "./parts.ts";

/** Which file is meant: its id is its sender's own, so that both are needed. */
export const fileReference = v.strictObject({ from: memberId, id: text(64) });
export type FileReference = v.InferOutput<typeof fileReference>;

/** What a person may do about files. */
export const fileCommands = [
  /** Asks the window for a file; once it was read it is offered to everybody who is a member then. */
  v.strictObject({ type: v.literal("choose-file") }),
  /** Takes a file that was offered, or tries again. */
  v.strictObject({ type: v.literal("take-file"), file: fileReference }),
  /** Wants a file not, or not any more: an own one is no longer offered, of another's nothing stays. */
  v.strictObject({ type: v.literal("drop-file"), file: fileReference }),
] as const;
export type FileCommand = v.InferOutput<(typeof fileCommands)[number]>;

/**
 * How a file is. Own ones: reading (before anybody hears of it), offered, withdrawn, unread (it could not be offered). Others':
 * offered, receiving, waiting (it goes on by itself), saved, declined, withdrawn, gone (its sender is), lost (see `why`).
 */
export const fileStates = [
  "reading",
  "offered",
  "withdrawn",
  "unread",
  "receiving",
  "waiting",
  "saved",
  "declined",
  "gone",
  "lost",
] as const;

export const fileTroubles = [
  "unreadable",
  "too-large",
  "changed",
  "damaged",
  "disk-full",
  "unwritable",
  "stalled",
] as const;
export type FileTrouble = (typeof fileTroubles)[number];

const taker = v.strictObject({
  member: memberId,
  name: text(64),
  state: v.picklist(["told", "sending", "waiting", "has-it", "declined"]),
  /** Bytes that have gone there. */
  done: count,
});

/** A file in the call, one's own or another's. */
export const sharedFile = v.strictObject({
  from: memberId,
  id: text(64),
  /** The sender's name as last known. May be empty. */
  name: text(64),
  /** What the file is called, in a form that is safe to show and to save. */
  file: text(MAX_FILE_NAME_CHARACTERS),
  /** In bytes. */
  size: count,
  /** Opening it may run something. */
  canRun: v.boolean(),
  at: timestamp,
  state: v.picklist(fileStates),
  why: v.nullable(v.picklist(fileTroubles)),
  /** Bytes read or received. */
  done: count,
  /** Where it was saved; empty before. */
  path: text(4096),
  /** Of an own file: whom it was offered to and how far it is. */
  takers: v.pipe(v.array(taker), v.maxLength(MAX_PARTICIPANTS)),
});
export type SharedFile = v.InferOutput<typeof sharedFile>;
