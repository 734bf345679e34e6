import { fromBase64Url, fromHex, toBase64Url, toHex } from "../base/bytes.ts";
import type { Brand } from "../base/brand.ts";
import { hash } from "../crypto/hash.ts";

/** A member's Ed25519 key in base64url: 43 characters. */
export type MemberId = Brand<string, "MemberId">;

/** The 32-byte hash of an entry's signed bytes in lower-case hex, so that text sorts as the bytes do. */
export type EntryId = Brand<string, "EntryId">;

export const ID_BYTES = 32;

export function memberIdOf(key: Uint8Array): MemberId {
  return toBase64Url(key) as MemberId;
}

/** The 32 key bytes of a member. */
export function memberKeyOf(id: MemberId): Uint8Array {
  return fromBase64Url(id) ?? new Uint8Array(ID_BYTES);
}

export function entryIdOf(signedBytes: Uint8Array): EntryId {
  return entryIdFrom(hash("log entry id", signedBytes));
}

export function entryIdFrom(bytes: Uint8Array): EntryId {
  return toHex(bytes) as EntryId;
}

export function entryIdBytes(id: EntryId): Uint8Array {
  return fromHex(id) ?? new Uint8Array(ID_BYTES);
}
