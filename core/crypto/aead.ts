import type { Secret } from "../base/secret.ts";

/** AES-GCM tag and nonce lengths in bytes (RFC 5116, section 5). */
export const GCM_TAG_BYTES = 16;
export const GCM_NONCE_BYTES = 12;

type Bytes = Uint8Array<ArrayBuffer>;
type Usage = "encrypt" | "decrypt";

/** A WebCrypto key that cannot be read back. */
export interface GcmKey {
  readonly extractable: boolean;
  readonly type: string;
}

interface GcmParameters {
  readonly name: "AES-GCM";
  readonly iv: Bytes;
  readonly additionalData: Bytes;
}

interface HkdfParameters {
  readonly name: "HKDF";
  readonly hash: GcmHash;
  readonly salt: Bytes;
  readonly info: Bytes;
}

/** The part of WebCrypto that is used here: the pure rooms see no platform types. */
interface Subtle {
  importKey(format: "raw", bytes: Bytes, algorithm: "HKDF", extractable: false, usages: string[]): Promise<GcmKey>;
  deriveBits(parameters: HkdfParameters, key: GcmKey, bits: number): Promise<ArrayBuffer>;
  deriveKey(
    parameters: HkdfParameters,
    key: GcmKey,
    derived: { name: "AES-GCM"; length: number },
    extractable: false,
    usages: Usage[],
  ): Promise<GcmKey>;
  encrypt(parameters: GcmParameters, key: GcmKey, plaintext: Bytes): Promise<ArrayBuffer>;
  decrypt(parameters: GcmParameters, key: GcmKey, sealed: Bytes): Promise<ArrayBuffer>;
}

declare const crypto: { readonly subtle: Subtle };

export type GcmHash = "SHA-256" | "SHA-512";

export interface GcmDerivation {
  readonly hash: GcmHash;
  /** 16 for AES-128, 32 for AES-256. */
  readonly keyBytes: 16 | 32;
  /** HKDF `info` of the key and of the salt. */
  readonly keyInfo: Bytes;
  readonly saltInfo: Bytes;
  /** A key either seals or opens, never both. */
  readonly usage: Usage;
}

export interface DerivedGcm {
  readonly key: GcmKey;
  /** As long as a nonce, for the protocol to mix with its counter. */
  readonly salt: Bytes;
}

/**
 * Derives an AES-GCM key and a nonce salt with HKDF (RFC 5869, empty salt) from one base key.
 * The AES key is made inside WebCrypto and is never seen by scripts. The caller still owns, and wipes, the base key.
 */
export async function deriveGcm(baseKey: Secret, derivation: GcmDerivation): Promise<DerivedGcm> {
  const { hash, keyInfo, saltInfo } = derivation;
  // Not `slice`: that of a Buffer would be the base key itself, which stays its owner's.
  const copy = Uint8Array.from(baseKey.reveal());
  const root = await crypto.subtle.importKey("raw", copy, "HKDF", false, ["deriveBits", "deriveKey"]);
  copy.fill(0);
  const noSalt = new Uint8Array(0);
  const [key, salt] = await Promise.all([
    crypto.subtle.deriveKey(
      { name: "HKDF", hash, salt: noSalt, info: keyInfo },
      root,
      { name: "AES-GCM", length: derivation.keyBytes * 8 },
      false,
      [derivation.usage],
    ),
    crypto.subtle.deriveBits({ name: "HKDF", hash, salt: noSalt, info: saltInfo }, root, GCM_NONCE_BYTES * 8),
  ]);
  return { key, salt: new Uint8Array(salt) };
}

/** Every array is copied before the call returns, so the caller may write it anew at once. */
export interface GcmInput {
  /** 12 bytes, never used twice with one sealing key. */
  readonly nonce: Bytes;
  readonly additionalData: Bytes;
  /** The plaintext to seal, or the ciphertext and tag to open. */
  readonly bytes: Bytes;
}

/** Ciphertext followed by the tag of 16 bytes. */
export function gcmSeal(key: GcmKey, input: GcmInput): Promise<ArrayBuffer> {
  const { nonce, additionalData, bytes } = input;
  return crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, bytes);
}

/** The plaintext, or null when the tag does not match: altered, cut, or sealed under another key, nonce or data. */
export function gcmOpen(key: GcmKey, input: GcmInput): Promise<Bytes | null> {
  const { nonce, additionalData, bytes } = input;
  const opening = crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, bytes);
  return opening.then(
    (plaintext) => new Uint8Array(plaintext),
    () => null,
  );
}
