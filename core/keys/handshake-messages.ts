import { concat } from "../base/bytes.ts";
import { X25519_BYTES } from "../crypto/agree.ts";
import { BOX_OVERHEAD_BYTES } from "../crypto/box.ts";
import { HASH_BYTES } from "../crypto/hash.ts";
import { KEM_CIPHERTEXT_BYTES, KEM_PUBLIC_KEY_BYTES } from "../crypto/kem.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from "../crypto/signing.ts";

const HANDSHAKE_VERSION = 1;
/** First two bytes of every message: the version, and which of the three it is. */
const HEAD_BYTES = 2;
const NUMBERS = { hello: 1, answer: 2, finish: 3 } as const;
const NONCE_BYTES = 32;
const SEALED_BYTES = PUBLIC_KEY_BYTES + SIGNATURE_BYTES + BOX_OVERHEAD_BYTES;

/** Both of the first two messages: head, proof, then what the proof covers besides the head. */
const PROOF_END = HEAD_BYTES + HASH_BYTES;
const KEYS_START = PROOF_END + NONCE_BYTES;
export const HELLO_BYTES = KEYS_START + X25519_BYTES + KEM_PUBLIC_KEY_BYTES;
export const ANSWER_BYTES = KEYS_START + X25519_BYTES + KEM_CIPHERTEXT_BYTES + SEALED_BYTES;
export const FINISH_BYTES = HEAD_BYTES + SEALED_BYTES;
const ANSWER_CLEAR_BYTES = ANSWER_BYTES - SEALED_BYTES;

type MessageName = keyof typeof NUMBERS;
const LENGTHS = { hello: HELLO_BYTES, answer: ANSWER_BYTES, finish: FINISH_BYTES } as const;
export { NONCE_BYTES as HANDSHAKE_NONCE_BYTES };

/** Whether the bytes have exactly the version, number and length of this message. */
export function isMessage(name: MessageName, bytes: Uint8Array): boolean {
  return bytes.length === LENGTHS[name] && bytes[0] === HANDSHAKE_VERSION && bytes[1] === NUMBERS[name];
}

export function headOf(name: MessageName): Uint8Array {
  return Uint8Array.of(HANDSHAKE_VERSION, NUMBERS[name]);
}

/** The first message, or the clear part of the second: an X25519 key and an ML-KEM key or ciphertext, with a proof over them. */
interface Offer {
  readonly proof: Uint8Array;
  /** All but the proof: what the proof covers. */
  readonly proven: Uint8Array;
  readonly agreementKey: Uint8Array;
  readonly kem: Uint8Array;
}

export function readOffer(clear: Uint8Array): Offer {
  return {
    proof: clear.subarray(HEAD_BYTES, PROOF_END),
    proven: concat(clear.subarray(0, HEAD_BYTES), clear.subarray(PROOF_END)),
    agreementKey: clear.subarray(KEYS_START, KEYS_START + X25519_BYTES),
    kem: clear.subarray(KEYS_START + X25519_BYTES),
  };
}

/** Puts the proof into its place, behind the head. */
export function writeOffer(proven: Uint8Array, proof: Uint8Array): Uint8Array {
  return concat(proven.subarray(0, HEAD_BYTES), proof, proven.subarray(HEAD_BYTES));
}

export function splitAnswer(message: Uint8Array): { clear: Uint8Array; sealed: Uint8Array } {
  return { clear: message.subarray(0, ANSWER_CLEAR_BYTES), sealed: message.subarray(ANSWER_CLEAR_BYTES) };
}

export function sealedOfFinish(message: Uint8Array): Uint8Array {
  return message.subarray(HEAD_BYTES);
}
