import { VigilError } from "../base/errors.ts";
import type { Secret } from "../base/secret.ts";
import { deriveGcm, type DerivedGcm, GCM_NONCE_BYTES, GCM_TAG_BYTES, gcmOpen, gcmSeal } from "../crypto/aead.ts";
import { derive, domain } from "../crypto/hash.ts";

/** What is sealed as one, in bytes; the last chunk of a file may be shorter. */
export const CHUNK_BYTES = 256 * 1024;
/** What a chunk grows by when it is sealed, in bytes. */
export const CHUNK_OVERHEAD_BYTES = GCM_TAG_BYTES;
/** What a pipe begins with, in bytes: it says which transfer it is for. */
export const TRANSFER_TAG_BYTES = 16;
/** The secret of one transfer, in bytes. */
export const TRANSFER_SECRET_BYTES = 32;

export type TransferSecret = Secret<"transfer-secret">;

/**
 * The first bytes on the pipe of a transfer. Only the two who know the secret can make them, and they say nothing about it.
 */
export function transferTag(secret: TransferSecret): Uint8Array<ArrayBuffer> {
  return derive({ key: secret.reveal(), label: "file tag", length: TRANSFER_TAG_BYTES });
}

/** Seals the chunks of one transfer in their order. AES-256-GCM under a key that is used for this one transfer. */
export class ChunkSealer {
  readonly #places: Places;

  private constructor(places: Places) {
    this.#places = places;
  }

  /** `id` (16 bytes) is the file's, `offset` where in it the transfer begins. The caller wipes the secret. */
  static async create(secret: TransferSecret, part: Part): Promise<ChunkSealer> {
    return new ChunkSealer(new Places(await keyOf(secret, "encrypt"), part));
  }

  /** Takes 1 to `CHUNK_BYTES` bytes; gives as many and `CHUNK_OVERHEAD_BYTES`. */
  async seal(chunk: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (chunk.length === 0 || chunk.length > CHUNK_BYTES) throw new VigilError("chunk-size", "defect");
    return new Uint8Array(await gcmSeal(this.#places.key, { ...this.#places.next(chunk.length), bytes: chunk }));
  }
}

/** Opens the chunks of one transfer, which must come as they were sealed: none left out, put elsewhere or repeated. */
export class ChunkOpener {
  readonly #places: Places;

  private constructor(places: Places) {
    this.#places = places;
  }

  static async create(secret: TransferSecret, part: Part): Promise<ChunkOpener> {
    return new ChunkOpener(new Places(await keyOf(secret, "decrypt"), part));
  }

  /** The chunk; rejects with `chunk-forged` for anything but the next one as its sender sealed it. The next call need not wait. */
  async open(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const place = this.#places.next(Math.max(0, sealed.length - CHUNK_OVERHEAD_BYTES));
    const chunk = await gcmOpen(this.#places.key, { ...place, bytes: sealed });
    if (chunk === null) throw new VigilError("chunk-forged", "peer");
    return chunk;
  }
}

interface Part {
  readonly id: Uint8Array;
  readonly offset: number;
}

/** The places that the chunks of one transfer have in it and in the file, one after the other, under its key. */
class Places {
  readonly key: DerivedGcm["key"];
  readonly #salt: Uint8Array;
  readonly #id: Uint8Array;
  #offset: number;
  #index = 0;

  constructor({ key, salt }: DerivedGcm, { id, offset }: Part) {
    this.key = key;
    this.#salt = salt;
    this.#id = id;
    this.#offset = offset;
  }

  /** The nonce is the salt with the chunk's number mixed into its last 8 bytes (RFC 8446, section 5.3); the file and the place are bound in. */
  next(length: number): { readonly nonce: Uint8Array<ArrayBuffer>; readonly additionalData: Uint8Array<ArrayBuffer> } {
    const nonce = Uint8Array.from(this.#salt);
    const tail = new DataView(nonce.buffer, GCM_NONCE_BYTES - 8);
    tail.setBigUint64(0, tail.getBigUint64(0) ^ BigInt(this.#index++));
    const additionalData = new Uint8Array(this.#id.length + 8);
    additionalData.set(this.#id);
    new DataView(additionalData.buffer).setBigUint64(this.#id.length, BigInt(this.#offset));
    this.#offset += length;
    return { nonce, additionalData };
  }
}

function keyOf(secret: TransferSecret, usage: "encrypt" | "decrypt"): Promise<DerivedGcm> {
  const keyInfo = domain("file key");
  const saltInfo = domain("file salt");
  return deriveGcm(secret, { hash: "SHA-512", keyBytes: 32, keyInfo, saltInfo, usage });
}
