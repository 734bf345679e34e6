import type { FileTrouble, SharedFile } from "../contract/files.ts";
import type { MemberId } from "../contract/parts.ts";
import type { FileId } from "../ports/files.ts";

/** A file that this person offers. */
export interface OwnFile {
  readonly id: FileId;
  at: number;
  state: "reading" | "offered" | "withdrawn" | "unread";
  name: string;
  size: number;
  hash: Uint8Array;
  /** Bytes read. */
  done: number;
  why: FileTrouble | null;
  /** Everybody who was a member when it was offered. */
  readonly takers: Map<MemberId, { state: SharedFile["takers"][number]["state"]; done: number }>;
}

/** A file that another member offers. */
export interface OfferedFile {
  readonly from: MemberId;
  readonly id: FileId;
  readonly at: number;
  readonly name: string;
  readonly size: number;
  readonly hash: Uint8Array;
  state: Exclude<SharedFile["state"], "reading" | "unread">;
  why: FileTrouble | null;
  done: number;
  /** Tries since something last came. */
  tries: number;
  /** When it is asked for again, in elapsed ms; null if it need not be. */
  retryAt: number | null;
  path: string;
}
