import { GCM_TAG_BYTES, type GcmHash } from "../crypto/aead.ts";

/** An SFrame cipher suite with AES-GCM and a 16-byte tag (RFC 9605, section 4.5). */
export interface Suite {
  /** The number in the IANA registry of SFrame cipher suites. */
  readonly id: number;
  readonly hash: GcmHash;
  readonly keyBytes: 16 | 32;
}

export const AES_128_GCM_SHA256: Suite = { id: 4, hash: "SHA-256", keyBytes: 16 };
/** The suite of every media frame. */
export const AES_256_GCM_SHA512: Suite = { id: 5, hash: "SHA-512", keyBytes: 32 };

export const TAG_BYTES = GCM_TAG_BYTES;
