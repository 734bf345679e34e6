import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { Secret } from "../base/secret.ts";
import type { RandomSource } from "./random-source.ts";

// ML-KEM-768 (FIPS 203).
export const KEM_PUBLIC_KEY_BYTES = 1184;
export const KEM_CIPHERTEXT_BYTES = 1088;
const SEED_BYTES = 64;
const MESSAGE_BYTES = 32;

export interface KemKey {
  readonly publicKey: Uint8Array;
  readonly secretKey: Secret<"kem-key">;
}

/** A fresh key pair, for one handshake. */
export function createKemKey(random: RandomSource): KemKey {
  const seed = random.bytes(SEED_BYTES);
  const pair = ml_kem768.keygen(seed);
  seed.fill(0);
  return { publicKey: pair.publicKey, secretKey: new Secret("kem-key", pair.secretKey) };
}

/** A fresh shared secret of 32 bytes and its ciphertext; null when the public key has a wrong length or coefficients out of range (FIPS 203, 7.2). */
export function encapsulate(
  publicKey: Uint8Array,
  random: RandomSource,
): { ciphertext: Uint8Array; shared: Secret<"encapsulated"> } | null {
  if (publicKey.length !== KEM_PUBLIC_KEY_BYTES) return null;
  const message = random.bytes(MESSAGE_BYTES);
  try {
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, message);
    return { ciphertext: cipherText, shared: new Secret("encapsulated", sharedSecret) };
  } catch {
    return null;
  } finally {
    message.fill(0);
  }
}

/** The shared secret; an altered ciphertext gives another secret, not an error (implicit rejection). Null for a wrong length. */
export function decapsulate(secretKey: Secret<"kem-key">, ciphertext: Uint8Array): Secret<"encapsulated"> | null {
  if (ciphertext.length !== KEM_CIPHERTEXT_BYTES) return null;
  return new Secret("encapsulated", ml_kem768.decapsulate(ciphertext, secretKey.reveal()));
}
