import nacl from "tweetnacl";
import { Secret } from "../base/secret.ts";
import { equal } from "./compare.ts";
import type { RandomSource } from "./random-source.ts";

export const X25519_BYTES = 32;

export interface AgreementKey {
  readonly publicKey: Uint8Array;
  readonly secretKey: Secret<"agreement-key">;
}

/** A fresh X25519 key pair (RFC 7748), for one handshake. */
export function createAgreementKey(random: RandomSource): AgreementKey {
  const secretKey = new Secret("agreement-key", random.bytes(X25519_BYTES));
  return { secretKey, publicKey: nacl.scalarMult.base(secretKey.reveal()) };
}

/**
 * X25519 as RFC 7748, section 6.1 gives it: points of the twist and non-canonical public keys are worked with as the RFC says,
 * an all-zero result (a public key of small order) is refused as null.
 */
export function agree(secretKey: Uint8Array, publicKey: Uint8Array): Secret<"agreed"> | null {
  if (secretKey.length !== X25519_BYTES || publicKey.length !== X25519_BYTES) return null;
  const shared = nacl.scalarMult(secretKey, publicKey);
  return equal(shared, new Uint8Array(X25519_BYTES)) ? null : new Secret("agreed", shared);
}
