import { concat, utf8 } from "../base/bytes.ts";
import type { Secret } from "../base/secret.ts";
import { deriveGcm, GCM_NONCE_BYTES, type GcmKey } from "../crypto/aead.ts";
import { Scratch } from "./scratch.ts";
import type { Suite } from "./suites.ts";

export type BaseKey = Secret<"sframe-base-key">;

export interface FrameKeys {
  readonly keyId: bigint;
  readonly key: GcmKey;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly scratch: Scratch;
}

export interface KeySource {
  readonly suite: Suite;
  readonly keyId: bigint;
  /** Stays the caller's, who wipes it. */
  readonly baseKey: BaseKey;
}

const KEY_LABEL = utf8("SFrame 1.0 Secret key ");
const SALT_LABEL = utf8("SFrame 1.0 Secret salt ");

function context(keyId: bigint, suite: Suite): Uint8Array {
  const bytes = new Uint8Array(10);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, keyId);
  view.setUint16(8, suite.id);
  return bytes;
}

/** The key schedule of RFC 9605, section 4.4.2: an AES key and a nonce salt for one key id. */
export async function deriveFrameKeys(source: KeySource, usage: "encrypt" | "decrypt"): Promise<FrameKeys> {
  const tail = context(source.keyId, source.suite);
  const { key, salt } = await deriveGcm(source.baseKey, {
    hash: source.suite.hash,
    keyBytes: source.suite.keyBytes,
    keyInfo: concat(KEY_LABEL, tail),
    saltInfo: concat(SALT_LABEL, tail),
    usage,
  });
  return { keyId: source.keyId, key, salt, scratch: new Scratch() };
}

/** The salt with the counter mixed into its last eight bytes (RFC 9605, section 4.4.3). The array is the key's own, written anew each time. */
export function nonceFor({ salt, scratch: { nonce } }: FrameKeys, counter: bigint): Uint8Array<ArrayBuffer> {
  const words = [Number(counter >> 32n), Number(counter & 0xffff_ffffn)] as const;
  for (let index = 0; index < GCM_NONCE_BYTES; index++) {
    const word = index < 4 ? 0 : words[index < 8 ? 0 : 1];
    nonce[index] = (salt[index] ?? 0) ^ (word >>> (24 - 8 * (index % 4)));
  }
  return nonce;
}
