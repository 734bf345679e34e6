import { fromHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import type { MemberId } from "../base/member-id.ts";

/** How somebody gets in, from open to strict; the same words as in the contract. */
export const ADMISSIONS = ["invite", "knock-any", "knock-moderator"] as const;
export type Admission = (typeof ADMISSIONS)[number];

/** Who decides that somebody must go: a moderator alone, or more than half of the members. */
export const REMOVAL_WAYS = ["moderators", "votes"] as const;
export type RemovalWay = (typeof REMOVAL_WAYS)[number];

/** Whose invites count, from open to strict; the same words as in the contract. */
export const INVITING_WAYS = ["members", "moderators"] as const;
export type InvitingWay = (typeof INVITING_WAYS)[number];

export interface Policy {
  readonly admission: Admission;
  readonly removal: RemovalWay;
  /** Policies that do not say it leave it to the way of admission: see `invitingWay`. */
  readonly inviting?: InvitingWay;
}

/** Whose invites count by a policy: where it does not say so, any member's, but only moderators' where only these let people in. */
export function invitingWay({ admission, inviting }: Policy): InvitingWay {
  return inviting ?? (admission === "knock-moderator" ? "moderators" : "members");
}

/** What members vote on: that a member must go, or that somebody removed may come back. */
export const MOTIONS = ["remove", "readmit"] as const;
export type Motion = (typeof MOTIONS)[number];

export const FINGERPRINT_BYTES = 32;
export const MAX_REASON_CHARACTERS = 500;
export const MAX_INDEX = 0xffff;
export const MAX_REQUEST_BYTES = 256;
export const MAX_CAPABILITY_BYTES = 640;
export const CAPABILITY_ID_BYTES = 16;
/** What an appeal is on the wire at most. */
export const MAX_APPEAL_BYTES = 2560;
export const MAX_APPEAL_CHARACTERS = 500;

/** What an entry says. Fingerprints are SHA-256 of the DTLS certificate in lower-case hex. */
export type EntryBody =
  /** The root: only the starter's, without parents. */
  | { readonly type: "create"; readonly policy: Policy; readonly fingerprint: string }
  /** `request` and `capability` as their own modules encode them. */
  | { readonly type: "admit"; readonly request: Uint8Array; readonly index: number; readonly capability: Uint8Array }
  | { readonly type: "leave" }
  | { readonly type: "remove"; readonly member: MemberId; readonly reason: string }
  /** The author has a new DTLS certificate. */
  | { readonly type: "device"; readonly fingerprint: string }
  /** The member is a moderator from now on, or no longer. */
  | { readonly type: "grant"; readonly member: MemberId }
  | { readonly type: "revoke"; readonly member: MemberId }
  /** Nobody comes in until `unlock`. */
  | { readonly type: "lock" }
  | { readonly type: "unlock" }
  | { readonly type: "policy"; readonly policy: Policy }
  /**
   * For or against a motion about a member; the latest word of each member is the one that counts. `unheard`: the author has heard no
   * moderator for a minute.
   */
  | {
      readonly type: "vote";
      readonly motion: Motion;
      readonly member: MemberId;
      readonly approve: boolean;
      readonly reason: string;
      readonly unheard?: boolean;
    }
  /** A removed member's own signed words, passed on by a member; `appeal` as its own module encodes it. */
  | { readonly type: "appeal"; readonly appeal: Uint8Array }
  /** Nobody comes in any more by one capability of this issuer; `id` in hex. */
  | { readonly type: "revoke-invite"; readonly id: string; readonly issuer: MemberId }
  /** What votes have decided, once somebody knows enough of them. `unheard`: by voters who had heard no moderator. */
  | { readonly type: "expel"; readonly member: MemberId; readonly reason: string; readonly unheard?: boolean }
  | { readonly type: "readmit"; readonly member: MemberId; readonly index: number }
  /** A moderator contradicts those who say that none was heard. */
  | { readonly type: "present" };
export type EntryType = EntryBody["type"];
export type BodyOf<T extends EntryType> = Extract<EntryBody, { type: T }>;

/** The 32 bytes of a fingerprint. Throws `fingerprint-malformed` for anything but 64 hex characters. */
export function fingerprintBytes(fingerprint: string): Uint8Array {
  const bytes = fromHex(fingerprint);
  if (bytes?.length !== FINGERPRINT_BYTES) throw new VigilError("fingerprint-malformed", "defect");
  return bytes;
}
