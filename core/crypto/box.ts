import nacl from "tweetnacl";

export const BOX_NONCE_BYTES = 24;
/** What sealing adds: the Poly1305 tag. */
export const BOX_OVERHEAD_BYTES = 16;

interface Box {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 24 bytes, never twice under one key. */
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

/** XSalsa20-Poly1305 (NaCl's secretbox): the tag, then the ciphertext. */
export function seal(box: Box): Uint8Array {
  return nacl.secretbox(box.bytes, box.nonce, box.key);
}

/** The plaintext, or null when the bytes were not sealed under this key and nonce. */
export function open(box: Box): Uint8Array | null {
  return nacl.secretbox.open(box.bytes, box.nonce, box.key);
}
