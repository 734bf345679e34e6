import * as v from "valibot";
import { pictureSize } from "../../core/contract/wish.ts";
import { generation, mediaKind, memberId, type MediaKind, type MemberId } from "../../core/contract/parts.ts";

/** What a transform is told about the stream it stands in: whose link, which way, what. */
export const transformOptions = v.strictObject({
  member: memberId,
  generation,
  /** `carry` is `send` for a picture that is encoded and sealed once for all links. */
  direction: v.picklist(["send", "carry", "receive"]),
  kind: mediaKind,
});
export type TransformOptions = v.InferOutput<typeof transformOptions>;

/** The kinds that are pictures. */
export const pictureKind = v.picklist(["camera", "screen"]);
export type PictureKind = v.InferOutput<typeof pictureKind>;

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
    kind: pictureKind,
    ticks: tickSink,
  }),
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
  readonly kind: MediaKind;
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

/** Everything that the worker counts. */
export interface WorkerCounts {
  readonly streams: readonly FrameCounts[];
  readonly sending: SendingCounts;
}

/** What the worker tells the page. */
export type WorkerMessage =
  /** How loud everybody is who was heard: decibels below the loudest, 127 for silence. Sent when it changes. */
  | { readonly type: "levels"; readonly levels: readonly (readonly [member: MemberId, level: number])[] }
  | { readonly type: "counts"; readonly request: number; readonly counts: WorkerCounts }
  /** Sent when it changes. */
  | ({ readonly type: "strain" } & Strain)
  /** The encoder of this stream must make a key frame: only the page can ask it to (Chromium has no `generateKeyFrame`). */
  | { readonly type: "key-frame-wanted"; readonly member: MemberId; readonly kind: PictureKind };
