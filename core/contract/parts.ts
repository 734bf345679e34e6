import * as v from "valibot";
import type { MemberId } from "../base/member-id.ts";
import { MAX_TIMESTAMP } from "./limits.ts";

/** A member's Ed25519 key in base64url: 43 characters. The same type as in the protocol core. */
export type { MemberId };
export const memberId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/),
  v.transform((text) => text as MemberId),
);

/** SHA-256 of a DTLS certificate in lower-case hex: 64 characters. */
export const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.brand("Fingerprint"));
export type Fingerprint = v.InferOutput<typeof fingerprint>;

/** Milliseconds since the Unix epoch; what is later than any date cannot be shown. */
export const timestamp = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_TIMESTAMP));

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const text = (maxCharacters: number) => v.pipe(v.string(), v.maxLength(maxCharacters));

/** Which chat message is meant: its id is its sender's own, so that both are needed. */
export const chatReference = v.strictObject({ from: memberId, id: text(64) });
export type ChatReference = v.InferOutput<typeof chatReference>;

/** How somebody gets in: with an invite alone, or after a knock that any member, or a moderator, answers. */
export const admissions = ["invite", "knock-any", "knock-moderator"] as const;
export const admission = v.picklist(admissions);
export type Admission = v.InferOutput<typeof admission>;

/** A meeting code or a safety number: 30 digits without spaces. */
export const digits = v.pipe(v.string(), v.regex(/^[0-9]{30}$/));

export const mediaKinds = ["microphone", "camera", "screen"] as const;
export const mediaKind = v.picklist(mediaKinds);
export type MediaKind = v.InferOutput<typeof mediaKind>;

/** What a member sends at the moment. */
export const mediaState = v.strictObject({ microphone: v.boolean(), camera: v.boolean(), screen: v.boolean() });
export type MediaState = v.InferOutput<typeof mediaState>;

/** The highest number that a media link can have. */
export const MAX_GENERATION = 1_000_000_000;
/** Number of one try at a media link between two members; the initiator raises it, the other follows. */
export const generation = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_GENERATION));
