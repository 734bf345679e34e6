import type { Ending } from "../base/scope.ts";
import type { MemberId } from "../base/member-id.ts";
import type { Secret } from "../base/secret.ts";
import type { PeerId } from "./mesh.ts";
import type { Pipes } from "./pipes.ts";

/** The largest file that can be sent, in bytes: 2 GiB. */
export const MAX_FILE_BYTES = 2 ** 31;

/** The id of an offered file, 16 bytes in base64url: its sender's own, so that only both name it. */
export type FileId = string;

/** One file on its way from one member to another. */
export interface Transfer {
  /** Who offered it. */
  readonly from: MemberId;
  readonly id: FileId;
  /** The other end of the way. */
  readonly peer: PeerId;
  /** 32 bytes, for this one try; whoever carries it out wipes them. */
  readonly secret: Secret<"transfer-secret">;
  /** Where in the file the try begins, in bytes. */
  readonly offset: number;
}

/** What a meeting asks of those who carry its files. Orders are carried out in their order; what is unknown is passed over. */
export type FileOrder =
  /** Has the person choose a file, and reads it once through. */
  | { readonly type: "choose"; readonly id: FileId }
  | ({ readonly type: "send"; readonly to: MemberId } & Transfer)
  | { readonly type: "stop-sending"; readonly id: FileId; readonly to: MemberId }
  /** A file is no longer offered: nothing of it is sent or read any more. */
  | { readonly type: "withdraw"; readonly id: FileId }
  | ({ readonly type: "receive"; readonly name: string; readonly size: number; readonly hash: Uint8Array } & Transfer)
  /** Ends receiving, and removes what has come so far. */
  | { readonly type: "drop"; readonly from: MemberId; readonly id: FileId };

/** Why a file that was chosen is not offered. */
export type UnreadFile = "cancelled" | "unreadable" | "too-large" | "changed";

/** Why nothing more of a file comes. After `broken` it can go on where it stopped. */
export type LostFile = "broken" | "damaged" | "disk-full" | "unwritable";

/** What those who carry files have to tell. */
export type FileEvent =
  /** The chosen file is being read. */
  | {
      readonly type: "reading";
      readonly id: FileId;
      readonly name: string;
      readonly size: number;
      readonly done: number;
    }
  /** It was read; `hash` is the SHA-256 of its content. */
  | {
      readonly type: "chosen";
      readonly id: FileId;
      readonly name: string;
      readonly size: number;
      readonly hash: Uint8Array;
    }
  | { readonly type: "not-chosen"; readonly id: FileId; readonly why: UnreadFile }
  | { readonly type: "sending"; readonly id: FileId; readonly to: MemberId; readonly done: number }
  /** The other has it whole. */
  | { readonly type: "sent"; readonly id: FileId; readonly to: MemberId }
  | {
      readonly type: "not-sent";
      readonly id: FileId;
      readonly to: MemberId;
      readonly why: "broken" | "unreadable" | "changed";
    }
  | { readonly type: "receiving"; readonly from: MemberId; readonly id: FileId; readonly done: number }
  /** It is there whole, and its content is what was offered. */
  | { readonly type: "saved"; readonly from: MemberId; readonly id: FileId; readonly path: string }
  /** `done` bytes of it are kept for the next try. */
  | {
      readonly type: "not-received";
      readonly from: MemberId;
      readonly id: FileId;
      readonly done: number;
      readonly why: LostFile;
    };

/** Reads, sends, receives and saves files for one meeting at a time. */
export interface FileCarrier {
  begin(pipes: Pipes): void;
  carry(order: FileOrder): void;
  subscribe(listener: (event: FileEvent) => void): Ending;
  /** Ends everything under way; resolves when nothing unfinished is left on the disk. */
  end(): Promise<void>;
}
