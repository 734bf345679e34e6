import { fromHex, toHex } from "../base/bytes.ts";
import type { Brand } from "../base/brand.ts";
import { hash } from "../crypto/hash.ts";

/** The 32-byte hash of an entry's signed bytes in lower-case hex, so that text sorts as the bytes do. */
export type EntryId = Brand<string, "EntryId">;

export const ID_BYTES = 32;

export function entryIdOf(signedBytes: Uint8Array): EntryId {
  return entryIdFrom(hash("log entry id", signedBytes));
}

export function entryIdFrom(bytes: Uint8Array): EntryId {
  return toHex(bytes) as EntryId;
}

export function entryIdBytes(id: EntryId): Uint8Array {
  return fromHex(id) ?? new Uint8Array(ID_BYTES);
}
