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
  readonly #key: DerivedGcm;
  readonly #id: Uint8Array;
  #offset: number;
  #index = 0;

  private constructor(key: DerivedGcm, { id, offset }: Part) {
    this.#key = key;
    this.#id = id;
    this.#offset = offset;
  }

  /** `id` (16 bytes) is the file's, `offset` where in it the transfer begins. The caller wipes the secret. */
  static async create(secret: TransferSecret, part: Part): Promise<ChunkSealer> {
    return new ChunkSealer(await keyOf(secret, "encrypt"), part);
  }

  /** Takes 1 to `CHUNK_BYTES` bytes; gives as many and `CHUNK_OVERHEAD_BYTES`. */
  async seal(chunk: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (chunk.length === 0 || chunk.length > CHUNK_BYTES) throw new VigilError("chunk-size", "defect");
    const input = { ...this.#next(), bytes: chunk };
    this.#offset += chunk.length;
    return new Uint8Array(await gcmSeal(this.#key.key, input));
  }

  #next(): Around {
    return around({ salt: this.#key.salt, id: this.#id, index: this.#index++, offset: this.#offset });
  }
}

/** Opens the chunks of one transfer, which must come as they were sealed: none left out, put elsewhere or repeated. */
export class ChunkOpener {
  readonly #key: DerivedGcm;
  readonly #id: Uint8Array;
  #offset: number;
  #index = 0;

  private constructor(key: DerivedGcm, { id, offset }: Part) {
    this.#key = key;
    this.#id = id;
    this.#offset = offset;
  }

  static async create(secret: TransferSecret, part: Part): Promise<ChunkOpener> {
    return new ChunkOpener(await keyOf(secret, "decrypt"), part);
  }

  /** The chunk; rejects with `chunk-forged` for anything but the next one as its sender sealed it. The next call need not wait. */
  async open(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const place = { salt: this.#key.salt, id: this.#id, index: this.#index++, offset: this.#offset };
    this.#offset += Math.max(0, sealed.length - CHUNK_OVERHEAD_BYTES);
    const chunk = await gcmOpen(this.#key.key, { ...around(place), bytes: sealed });
    if (chunk === null) throw new VigilError("chunk-forged", "peer");
    return chunk;
  }
}

interface Part {
  readonly id: Uint8Array;
  readonly offset: number;
}

interface Around {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly additionalData: Uint8Array<ArrayBuffer>;
}

function keyOf(secret: TransferSecret, usage: "encrypt" | "decrypt"): Promise<DerivedGcm> {
  const keyInfo = domain("file key");
  const saltInfo = domain("file salt");
  return deriveGcm(secret, { hash: "SHA-512", keyBytes: 32, keyInfo, saltInfo, usage });
}

/** The nonce is the salt with the chunk's number mixed into its last 8 bytes (RFC 8446, section 5.3); the file and the place are bound in. */
function around(place: { salt: Uint8Array; id: Uint8Array; index: number; offset: number }): Around {
  const nonce = Uint8Array.from(place.salt);
  const tail = new DataView(nonce.buffer, GCM_NONCE_BYTES - 8);
  tail.setBigUint64(0, tail.getBigUint64(0) ^ BigInt(place.index));
  const additionalData = new Uint8Array(place.id.length + 8);
  additionalData.set(place.id);
  new DataView(additionalData.buffer).setBigUint64(place.id.length, BigInt(place.offset));
  return { nonce, additionalData };
}
