import * as v from "valibot";
import { memberId } from "./parts.ts";

/** The spare streams of a link, in each direction: each carries what somebody else has sent. */
export const passedKinds = ["passed-0", "passed-1"] as const;
export type PassedKind = (typeof passedKinds)[number];
export const PASSED_SLOTS = passedKinds.length;
/** The most links that a picture goes over from its sender to a viewer. */
export const MAX_HOPS = 3;
/** The most members to whom one member passes on one picture. */
export const MAX_BRANCHES = 6;
/** The most that a member may claim to have room for, in bit/s. */
const MAX_ROOM = 1_000_000_000;

/** The kinds of media that are pictures: only these are passed on. Sound always goes directly. */
export const pictureKind = v.picklist(["camera", "screen"]);
export type PictureKind = v.InferOutput<typeof pictureKind>;

/** Which of the spare streams of a link. */
export const passedSlot = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PASSED_SLOTS - 1));

/** An Ed25519 public key in base64url, under which the sender signs what it says of its pictures. */
export const frameKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

const routeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const routeParts = {
  kind: pictureKind,
  /** Rises with each route that a sender tells a viewer. */
  number: routeNumber,
  /** Who passes it on to the one who is told; null for the sender itself. */
  by: v.nullable(memberId),
  /** Links that it goes over. */
  hops: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_HOPS)),
  /** To whom the one who is told passes it on. */
  to: v.pipe(v.array(memberId), v.maxLength(MAX_BRANCHES)),
};

/** How a sender's pictures come to one viewer, and where they go on from there. */
export const route = v.strictObject(routeParts);
export type Route = v.InferOutput<typeof route>;

/** Whole: a picture came by the route. Otherwise nothing comes by it, or what comes is late, or is not what its sender made. */
export const arrivalState = v.picklist(["whole", "silent", "late", "forged"]);
export type ArrivalState = v.InferOutput<typeof arrivalState>;

const arrivalParts = { kind: pictureKind, number: routeNumber, state: arrivalState };
export interface Arrival {
  readonly kind: PictureKind;
  readonly number: number;
  readonly state: ArrivalState;
}

/** Whose picture goes over a spare stream. */
export const passed = v.strictObject({ origin: memberId, kind: pictureKind });
export type Passed = v.InferOutput<typeof passed>;

export const roomBits = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_ROOM));

/** What two pages say to each other so that pictures can be passed on. Each holds until the next of its type. */
export const passingWords = [
  /** What the one who says it can pass on, in bit/s; 0 for nothing. */
  v.strictObject({ type: v.literal("room"), bitsPerSecond: roomBits }),
  /** Checks what others pass on of the one who says it. */
  v.strictObject({ type: v.literal("frame-key"), key: frameKey }),
  /** From a sender to a viewer. */
  v.strictObject({ type: v.literal("route"), ...routeParts }),
  /** From a viewer to a sender: how the route that it was told goes. */
  v.strictObject({ type: v.literal("arrival"), ...arrivalParts }),
  /** From who passes on to a viewer: what a spare stream of their link carries now. */
  v.strictObject({ type: v.literal("passes"), slot: passedSlot, of: v.nullable(passed) }),
] as const;
