import { GCM_NONCE_BYTES } from "../crypto/aead.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Arrays that are written anew for each frame of one key. WebCrypto copies what it is given within the call, and a fresh
 * small array handed to it costs more than the encryption of the frame.
 */
export class Scratch {
  readonly nonce: Bytes = new Uint8Array(GCM_NONCE_BYTES);
  #additionalData: Bytes = new Uint8Array(0);

  /** The header, then the clear bytes: what the tag covers beside the ciphertext (RFC 9605, section 4.4.3). */
  additionalData(header: Uint8Array, clear: Uint8Array): Bytes {
    const length = header.length + clear.length;
    if (this.#additionalData.length !== length) this.#additionalData = new Uint8Array(length);
    this.#additionalData.set(header);
    this.#additionalData.set(clear, header.length);
    return this.#additionalData;
  }
}
