import type { MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { Wish } from "../../core/contract/wish.ts";
import type { PictureKind, TransformOptions } from "../frames/messages.ts";
import type { LocalTracks } from "./devices/local-devices.ts";

export const pictureKinds: readonly PictureKind[] = ["camera", "screen"];

export interface OutgoingLink {
  readonly member: MemberId;
  readonly generation: number;
  readonly slots: Slots;
}

/** One way of getting one's pictures into every link. */
export interface PictureSending {
  /** What the worker does with the frames that a link's encoder puts out. */
  readonly direction: Exclude<TransformOptions["direction"], "receive">;
  attach(link: OutgoingLink, tracks: LocalTracks): void;
  detach(member: MemberId): void;
  /** Tracks may have changed. */
  update(tracks: LocalTracks): void;
  /** The path of a link is there, for the first time or `again`. */
  linkUp(member: MemberId, how: { readonly again: boolean }): void;
  /** The worker wants a key frame of the link's own encoder. */
  makeKeyFrame(member: MemberId, kind: PictureKind): void;
  /** What a link can carry of pictures, in bit/s. */
  setEstimate(member: MemberId, bitsPerSecond: number): void;
  /** What a member shows of one's pictures. A new link begins with `FIRST_WISH`. */
  setWish(member: MemberId, wish: Wish): void;
}
