import { concat } from "../base/bytes.ts";
import { ByteReader } from "../wire/byte-reader.ts";

export const BASE_KEY_BYTES = 32;
export const MAX_EPOCH = 0xffff_ffff;

/** What members say to each other about sender keys, inside their pairwise channel. */
export type KeyMessage =
  /** The sender's key of an epoch. */
  | { readonly type: "key"; readonly epoch: number; readonly baseKey: Uint8Array }
  /** The sender's key of this epoch is derived from the one before. */
  | { readonly type: "ratchet"; readonly epoch: number }
  /** The receiver holds the other's key of this epoch. */
  | { readonly type: "ack"; readonly epoch: number }
  /** The receiver cannot derive the other's key of this epoch. */
  | { readonly type: "want-key"; readonly epoch: number };

const NUMBERS = { key: 1, ratchet: 2, ack: 3, "want-key": 4 } as const;

/** One byte of type, four of epoch (big-endian), and for `key` the 32 bytes of the key: 37 or 5 bytes. */
export function encodeKeyMessage(message: KeyMessage): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(5);
  head[0] = NUMBERS[message.type];
  new DataView(head.buffer).setUint32(1, message.epoch);
  return message.type === "key" ? concat(head, message.baseKey) : head;
}

/** The message, or null for anything but exactly one with an epoch from 1. The key is a copy. */
export function decodeKeyMessage(bytes: Uint8Array): KeyMessage | null {
  const reader = new ByteReader(bytes);
  const number = reader.uint8();
  const epoch = reader.uint32();
  if (epoch === null || epoch === 0) return null;
  if (number === NUMBERS.key) {
    const baseKey = reader.bytes(BASE_KEY_BYTES);
    return baseKey === null || reader.left > 0 ? null : { type: "key", epoch, baseKey: baseKey.slice() };
  }
  if (reader.left > 0) return null;
  if (number === NUMBERS.ratchet) return { type: "ratchet", epoch };
  if (number === NUMBERS.ack) return { type: "ack", epoch };
  return number === NUMBERS["want-key"] ? { type: "want-key", epoch } : null;
}
