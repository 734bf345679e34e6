/** Bytes of a signature (RFC 8032, section 5.1.6). */
export const FRAME_SIGNATURE_BYTES = 64;
/** Bytes of a frame's digest: a second frame with the same one costs 2^128 tries. */
export const FRAME_DIGEST_BYTES = 16;

type Bytes = Uint8Array<ArrayBuffer>;

interface PlatformKey {
  readonly extractable: boolean;
  readonly type: string;
}

/** The part of WebCrypto that is used here: the pure rooms see no platform types. */
interface Subtle {
  generateKey(
    algorithm: "Ed25519",
    extractable: false,
    usages: ["sign", "verify"],
  ): Promise<{ readonly privateKey: PlatformKey; readonly publicKey: PlatformKey }>;
  exportKey(format: "raw", key: PlatformKey): Promise<ArrayBuffer>;
  importKey(
    format: "raw",
    bytes: Bytes,
    algorithm: "Ed25519",
    extractable: true,
    usages: ["verify"],
  ): Promise<PlatformKey>;
  sign(algorithm: "Ed25519", key: PlatformKey, bytes: Bytes): Promise<ArrayBuffer>;
  verify(algorithm: "Ed25519", key: PlatformKey, signature: Bytes, bytes: Bytes): Promise<boolean>;
  digest(algorithm: "SHA-256", bytes: Bytes): Promise<ArrayBuffer>;
}

declare const crypto: { readonly subtle: Subtle };

/** Signs under a key that no script can read, and that ends with the page. */
export interface FrameSigner {
  readonly publicKey: Bytes;
  sign(bytes: Bytes): Promise<Bytes>;
}

/** Whether a signature of 64 bytes is of these bytes under the key it was made for. Never rejects. */
export type FrameVerifier = (signature: Bytes, bytes: Bytes) => Promise<boolean>;

/** Makes a fresh Ed25519 key (RFC 8032) inside WebCrypto. Rejects where the platform has none. */
export async function createFrameSigner(): Promise<FrameSigner> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, bytes)),
  };
}

/** Checks signatures under a public key of 32 bytes; null for one that is none. */
export async function createFrameVerifier(publicKey: Bytes): Promise<FrameVerifier | null> {
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", true, ["verify"]).catch(() => null);
  if (key === null) return null;
  return (signature, bytes) => crypto.subtle.verify("Ed25519", key, signature, bytes).catch(() => false);
}

/** The first 16 bytes of SHA-256. */
export async function frameDigest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, FRAME_DIGEST_BYTES);
}
