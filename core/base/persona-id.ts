import type { Brand } from "./brand.ts";
import { fromBase64Url, toBase64Url } from "./bytes.ts";

/** A persona's Ed25519 key in base64url: 43 characters. */
export type PersonaId = Brand<string, "PersonaId">;

const KEY_BYTES = 32;

/** The id of the persona with this key. */
export function personaIdOf(key: Uint8Array): PersonaId {
  return toBase64Url(key) as PersonaId;
}

/** The 32 key bytes of a persona. */
export function personaKeyOf(id: PersonaId): Uint8Array {
  return fromBase64Url(id) ?? new Uint8Array(KEY_BYTES);
}
