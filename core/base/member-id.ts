import type { Brand } from "./brand.ts";
import { fromBase64Url, toBase64Url } from "./bytes.ts";

/** A member's Ed25519 key in base64url: 43 characters. */
export type MemberId = Brand<string, "MemberId">;

const KEY_BYTES = 32;

/** The id of the member with this key. */
export function memberIdOf(key: Uint8Array): MemberId {
  return toBase64Url(key) as MemberId;
}

/** The 32 key bytes of a member. */
export function memberKeyOf(id: MemberId): Uint8Array {
  return fromBase64Url(id) ?? new Uint8Array(KEY_BYTES);
}
