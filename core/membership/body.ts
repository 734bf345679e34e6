import { fromHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import type { MemberId } from "../base/member-id.ts";

/** How somebody gets in, from open to strict; the same words as in the contract. */
export const ADMISSIONS = ["invite", "knock-any", "knock-moderator"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export interface Policy {
  readonly admission: Admission;
}

export const FINGERPRINT_BYTES = 32;
export const MAX_REASON_CHARACTERS = 500;
export const MAX_INDEX = 0xffff;
export const MAX_REQUEST_BYTES = 256;
export const MAX_CAPABILITY_BYTES = 640;

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
  | { readonly type: "policy"; readonly policy: Policy };
export type EntryType = EntryBody["type"];
export type BodyOf<T extends EntryType> = Extract<EntryBody, { type: T }>;

/** The 32 bytes of a fingerprint. Throws `fingerprint-malformed` for anything but 64 hex characters. */
export function fingerprintBytes(fingerprint: string): Uint8Array {
  const bytes = fromHex(fingerprint);
  if (bytes?.length !== FINGERPRINT_BYTES) throw new VigilError("fingerprint-malformed", "defect");
  return bytes;
}
