import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { fromHex, toHex } from "../base/bytes.ts";

/** Ed25519 (RFC 8032) over raw bytes. `signing.ts` decides which keys and signatures are let through to it. */
export interface Ed25519 {
  /** The 32-byte public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** The 64-byte signature. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array;
  /** False for anything malformed; the strict reading of the standard, not that of ZIP 215. */
  verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean;
}

/** In JavaScript, for wherever nothing faster is there. */
export const nobleEd25519: Ed25519 = {
  publicKey: (seed) => curve.getPublicKey(seed),
  sign: (message, seed) => curve.sign(message, seed),
  verify(message, signature, publicKey) {
    try {
      return curve.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

let chosen = nobleEd25519;

/** The implementation in use. */
export const ed25519: Ed25519 = {
  publicKey: (seed) => chosen.publicKey(seed),
  sign: (message, seed) => chosen.sign(message, seed),
  verify: (message, signature, publicKey) => chosen.verify(message, signature, publicKey),
};

/** RFC 8032, section 7.1, test 2. */
const EXAMPLE = {
  seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
  publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
  message: "72",
  signature:
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
};

/**
 * Has signatures made and checked by another implementation from now on, such as the platform's own. It must know the
 * standard's example and refuse it once altered; otherwise nothing changes, and the answer is false.
 */
export function adoptEd25519(other: Ed25519): boolean {
  if (!knowsExample(other)) return false;
  chosen = other;
  return true;
}

function knowsExample(other: Ed25519): boolean {
  const of = (name: keyof typeof EXAMPLE): Uint8Array => fromHex(EXAMPLE[name]) ?? new Uint8Array();
  try {
    return (
      toHex(other.publicKey(of("seed"))) === EXAMPLE.publicKey &&
      toHex(other.sign(of("message"), of("seed"))) === EXAMPLE.signature &&
      other.verify(of("message"), of("signature"), of("publicKey")) &&
      !other.verify(Uint8Array.of(0x73), of("signature"), of("publicKey"))
    );
  } catch {
    return false;
  }
}
