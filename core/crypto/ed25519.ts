import { ed25519 as curve } from "@noble/curves/ed25519.js";

/** Ed25519 (RFC 8032) over raw bytes. `signing.ts` decides which keys and signatures are let through to it. */
export const ed25519 = {
  /** The 32-byte public key of a 32-byte seed. */
  publicKey: (seed: Uint8Array): Uint8Array => curve.getPublicKey(seed),
  /** The 64-byte signature. */
  sign: (message: Uint8Array, seed: Uint8Array): Uint8Array => curve.sign(message, seed),
  /** False for anything malformed; the strict reading of the standard, not that of ZIP 215. */
  verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
    try {
      return curve.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
