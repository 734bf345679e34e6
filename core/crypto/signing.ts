import { concat } from "../base/bytes.ts";
import { Secret } from "../base/secret.ts";
import { ed25519 } from "./ed25519.ts";
import { isStrictPoint, isStrictScalar } from "./ed25519-encoding.ts";
import { domain } from "./hash.ts";
import type { RandomSource } from "./random-source.ts";
import { digestOf, VerifiedSignatures } from "./verified.ts";

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

const verified = new VerifiedSignatures();

/** An Ed25519 key pair (RFC 8032). Its secret half leaves it only as a copy of the seed, for who must make the same key again. */
export class SigningKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly #seed: Secret<"signing-key">;

  private constructor(publicKey: Uint8Array, seed: Secret<"signing-key">) {
    this.publicKey = publicKey;
    this.#seed = seed;
  }

  static generate(random: RandomSource): SigningKey {
    const seed = random.bytes(32);
    return new SigningKey(ed25519.publicKey(seed), new Secret("signing-key", seed));
  }

  /** The key of a seed that was kept (32 bytes). It takes a copy: the caller still owns, and wipes, the seed. */
  static fromSeed(seed: Secret): SigningKey {
    const copy = Uint8Array.from(seed.reveal());
    return new SigningKey(ed25519.publicKey(copy), new Secret("signing-key", copy));
  }

  /** 64 bytes over the domain of `label` and `message`. Throws `secret-wiped` after `wipe`. */
  sign(label: string, message: Uint8Array): Uint8Array {
    const signed = concat(domain(label), message);
    const signature = ed25519.sign(signed, this.#seed.reveal());
    verified.add(digestOf(this.publicKey, signed, signature));
    return signature;
  }

  /** The seed, 32 bytes, for `fromSeed`. The caller owns it, and wipes it. */
  copySeed(): Secret<"signing-key"> {
    return this.#seed.copy();
  }

  wipe(): void {
    this.#seed.wipe();
  }
}

/** Whether the bytes can be a public key: 32 bytes, canonical, not of small order. That the point is on the curve shows when a signature is checked. */
export function isPublicKey(bytes: Uint8Array): boolean {
  return isStrictPoint(bytes);
}

/**
 * Checks an Ed25519 signature over exactly `message` as RFC 8032, section 5.1.7 asks, and stricter:
 * S must be below the order, the key canonical and not of small order. R is compared as bytes, so its other spellings fail too.
 */
export function verifyRaw(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || !isPublicKey(publicKey)) return false;
  if (!isStrictScalar(signature.subarray(32))) return false;
  return ed25519.verify(message, signature, publicKey);
}

interface Signed {
  readonly publicKey: Uint8Array;
  readonly label: string;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Checks what `SigningKey.sign` made under the same label; what held once is known to hold. Never throws. */
export function verify({ publicKey, label, message, signature }: Signed): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const signed = concat(domain(label), message);
  const digest = digestOf(publicKey, signed, signature);
  if (verified.has(digest)) return true;
  const holds = verifyRaw(publicKey, signed, signature);
  if (holds) verified.add(digest);
  return holds;
}
