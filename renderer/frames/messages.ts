import * as v from "valibot";
import { pictureSize } from "../../core/contract/wish.ts";
import { generation, mediaKinds, memberId, type MemberId } from "../../core/contract/parts.ts";
import {
  arrivalState,
  frameKey,
  passed,
  passedKinds,
  passedSlot,
  pictureKind,
  roomBits,
  route,
  type Arrival,
  type Passed,
  type PassedKind,
  type PictureKind,
  type Route,
} from "../../core/contract/passing.ts";

export { pictureKind, type PictureKind };

/** What one stream of a link carries. */
export const streamKind = v.picklist([...mediaKinds, ...passedKinds]);
export type StreamKind = v.InferOutput<typeof streamKind>;

/** The index of a spare stream; null for a stream of the sender's own. */
export function slotOf(kind: StreamKind): number | null {
  const slot = passedKinds.indexOf(kind as PassedKind);
  return slot === -1 ? null : slot;
}

/** What a transform is told about the stream it stands in: whose link, which way, what. */
export const transformOptions = v.strictObject({
  member: memberId,
  generation,
  /** `carry` is `send` for a picture that is encoded and sealed once for all links. */
  direction: v.picklist(["send", "carry", "receive"]),
  kind: streamKind,
});
export type TransformOptions = v.InferOutput<typeof transformOptions>;

const bitsPerSecond = v.pipe(v.number(), v.integer(), v.minValue(0));
const pictureSource = v.custom<ReadableStream<VideoFrame>>((value) => value instanceof ReadableStream);
const tickSink = v.custom<WritableStream<VideoFrame>>((value) => value instanceof WritableStream);

/** What the page may ask of the worker. Keys never come this way: only the port that carries them does. */
export const pageMessage = v.variant("type", [
  /** One's own pictures, raw, to be encoded once; null when there are none. */
  v.strictObject({ type: v.literal("pictures"), kind: pictureKind, frames: v.nullable(pictureSource) }),
  /** Where tiny pictures are written to make the link's own encoder put out a frame, which then carries ours. */
  v.strictObject({
    type: v.literal("carrier"),
    member: memberId,
    generation,
    kind: v.picklist([...pictureKind.options, ...passedKinds]),
    ticks: tickSink,
  }),
  /** What this member can pass on, in bit/s. */
  v.strictObject({ type: v.literal("room"), member: memberId, bitsPerSecond: roomBits }),
  /** Under what this member signs for its pictures. */
  v.strictObject({ type: v.literal("frame-key"), member: memberId, key: frameKey }),
  /** By whom this member's pictures come. */
  v.strictObject({ type: v.literal("route"), origin: memberId, route }),
  /** What this member says of the way by which it gets one's pictures. */
  v.strictObject({
    type: v.literal("arrival"),
    member: memberId,
    kind: pictureKind,
    number: route.entries.number,
    state: arrivalState,
  }),
  /** What comes by a spare stream of this member's link. */
  v.strictObject({ type: v.literal("comes"), member: memberId, slot: passedSlot, of: v.nullable(passed) }),
  /** What goes on to this member by a spare stream. */
  v.strictObject({ type: v.literal("goes-on"), member: memberId, slot: passedSlot, of: v.nullable(passed) }),
  /** What the link to this member can carry, by its own estimate, of pictures together. */
  v.strictObject({ type: v.literal("link-estimate"), member: memberId, bitsPerSecond }),
  /** How large this member shows one's pictures. */
  v.strictObject({ type: v.literal("wish"), member: memberId, camera: pictureSize, screen: pictureSize }),
  /** How loud one's own microphone is: decibels below the loudest, 127 for silence. */
  v.strictObject({
    type: v.literal("own-level"),
    level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127)),
  }),
  /** The link is up, for the first time or again: pictures begin anew. */
  v.strictObject({ type: v.literal("link-up"), member: memberId }),
  v.strictObject({ type: v.literal("keys-port") }),
  v.strictObject({ type: v.literal("counts"), request: v.pipe(v.number(), v.safeInteger()) }),
  v.strictObject({ type: v.literal("forget-member"), member: memberId }),
]);
export type PageMessage = v.InferOutput<typeof pageMessage>;

/** Counts of frames on the link to one member, of one kind, since the link's present generation began. */
export interface FrameCounts {
  readonly member: MemberId;
  readonly kind: StreamKind;
  readonly sealed: number;
  /** Ours that were not sent because there was no key to seal them under, or too many waited. */
  readonly unsealed: number;
  readonly opened: number;
  /** Theirs that could not be opened, or that came before a key frame after one that could not. */
  readonly dropped: number;
  /** Of the dropped: those whose seal is not of the key that they name, made or changed by somebody else. */
  readonly forged: number;
  /** Of the dropped: those that name a key which their sender does not have here, or none at all. */
  readonly keyless: number;
  /** Copies of frames that were opened before: WebRTC probes the path by sending old packets again. Never passed on. */
  readonly repeated: number;
  /** Epoch of the key that opened the latest frame; 0 before the first. */
  readonly epoch: number;
}

/** One size of one's own pictures that is encoded at this moment; zeros before its first picture. */
export interface EncodedLayer {
  readonly kind: PictureKind;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
}

/** What one member gets of one's own pictures of one kind. */
export interface SentPicture {
  readonly member: MemberId;
  readonly kind: PictureKind;
  /** Null while nothing goes there. */
  readonly layer: EncodedLayer | null;
  /** Why it is smaller than it is shown there: the link cannot carry more, or the camera gives no more; null where it is not. */
  readonly heldBack: "link" | "source" | null;
}

/** What is encoded of one's own pictures, and for whom. */
export interface SendingCounts {
  readonly layers: readonly EncodedLayer[];
  readonly sent: readonly SentPicture[];
  /** Pictures a second beyond which this machine cannot keep up; null while it can. */
  readonly mostFramesPerSecond: number | null;
}

/** What is too much at this moment. */
export interface Strain {
  /** This machine cannot even make the fewest pictures that are worth sending. */
  readonly machine: boolean;
  /** Most links on which pictures go cannot carry even the smallest. */
  readonly links: boolean;
}

/** A member's picture that comes by another. */
export interface PassedPicture extends Passed {
  readonly by: MemberId;
  /** How much later it comes than the member's own sound, in ms, as far as that can be told. */
  readonly ageMs: number;
}

/** Everything that the worker counts. */
export interface WorkerCounts {
  readonly passed: readonly PassedPicture[];
  readonly streams: readonly FrameCounts[];
  readonly sending: SendingCounts;
}

/** By whom pictures come: a member and a spare stream of the link to it, or null for their sender itself. */
export type Source = { readonly by: MemberId; readonly slot: number } | null;

/** What the worker tells the page. */
export type WorkerMessage =
  /** How loud everybody is who was heard: decibels below the loudest, 127 for silence. Sent when it changes. */
  | { readonly type: "levels"; readonly levels: readonly (readonly [member: MemberId, level: number])[] }
  | { readonly type: "counts"; readonly request: number; readonly counts: WorkerCounts }
  /** Sent when it changes. */
  | ({ readonly type: "strain" } & Strain)
  /** Under what one's own pictures are signed, for every member to know. */
  | { readonly type: "frame-key"; readonly key: string }
  /** What one's links have left after one's own pictures, in bit/s. Sent when it changes much. */
  | { readonly type: "room"; readonly bitsPerSecond: number }
  /** A viewer of one's own pictures must hear this. */
  | { readonly type: "tell-route"; readonly member: MemberId; readonly route: Route }
  /** A sender must hear this. */
  | { readonly type: "arrival"; readonly origin: MemberId; readonly arrival: Arrival }
  /** Whose picture comes by what from now on: a spare stream of a member's link, or, with null, from its sender itself. */
  | { readonly type: "source"; readonly of: Passed; readonly source: Source }
  /** The encoder of this stream must make a key frame: only the page can ask it to (Chromium has no `generateKeyFrame`). */
  | { readonly type: "key-frame-wanted"; readonly member: MemberId; readonly kind: PictureKind };
