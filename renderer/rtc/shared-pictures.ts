import type { MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { Wish } from "../../core/contract/wish.ts";
import type { PictureKind } from "../frames/messages.ts";
import type { LocalTracks } from "./devices/local-devices.ts";
import type { FramesClient } from "./frames-client.ts";
import { pictureKinds, type OutgoingLink, type PictureSending } from "./picture-sending.ts";
import { framesOf, writableTrack } from "./raw-pictures.ts";
import { setActive } from "./slot-activity.ts";

/** Hands one's pictures to the frames worker, which encodes them once, and makes a way into each link for them. */
export class SharedPictures implements PictureSending {
  readonly direction = "carry";
  readonly #frames: FramesClient;
  readonly #links = new Map<MemberId, Slots>();
  readonly #fed: Record<PictureKind, MediaStreamTrack | null> = { camera: null, screen: null };

  constructor(frames: FramesClient) {
    this.#frames = frames;
  }

  attach({ member, generation, slots }: OutgoingLink, tracks: LocalTracks): void {
    // A link that replaces another leaves the tracks of that one behind.
    this.#stopTicks(member);
    this.#links.set(member, slots);
    for (const kind of pictureKinds) {
      const { track, writable } = writableTrack();
      // This and what follows fails only on a link that has been closed meanwhile.
      slots[kind].sender.replaceTrack(track).catch(() => undefined);
      setActive(slots[kind], tracks[kind] !== null);
      this.#frames.addCarrier({ member, generation, kind }, writable);
    }
    this.update(tracks);
  }

  detach(member: MemberId): void {
    this.#stopTicks(member);
    this.#links.delete(member);
    if (this.#links.size === 0) for (const kind of pictureKinds) this.#feed(kind, null);
  }

  /** Tracks may have changed. Without a link nothing is taken from them. */
  update(tracks: LocalTracks): void {
    if (this.#links.size === 0) return;
    for (const kind of pictureKinds) {
      if (tracks[kind] === this.#fed[kind]) continue;
      this.#feed(kind, tracks[kind]);
      for (const slots of this.#links.values()) setActive(slots[kind], tracks[kind] !== null);
    }
  }

  linkUp(member: MemberId): void {
    this.#frames.linkUp(member);
  }

  setEstimate(member: MemberId, bitsPerSecond: number): void {
    this.#frames.setEstimate(member, bitsPerSecond);
  }

  setWish(member: MemberId, wish: Wish): void {
    this.#frames.setWish(member, wish);
  }

  /** Nothing to do: the worker has the encoder itself. */
  makeKeyFrame(): void {}

  #stopTicks(member: MemberId): void {
    const slots = this.#links.get(member);
    for (const kind of pictureKinds) slots?.[kind].sender.track?.stop();
  }

  #feed(kind: PictureKind, track: MediaStreamTrack | null): void {
    if (this.#fed[kind] === track) return;
    this.#fed[kind] = track;
    this.#frames.setPictures(kind, track === null ? null : framesOf(track));
  }
}
