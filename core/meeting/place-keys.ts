import { Secret } from "../base/secret.ts";
import { PLACE_KEY_BYTES, PLACE_KEYS_BYTES } from "../ports/place.ts";
import type { Session } from "./state.ts";

/** The three keys of a session in one: meeting secret, seed of the member key, seed of the peer key. The caller wipes it. */
export function keysForPlace({ secret, signingKey, peerKey }: Session): Secret<"place-keys"> {
  const seed = signingKey.copySeed();
  const joined = new Uint8Array(PLACE_KEYS_BYTES);
  for (const [index, key] of [secret, seed, peerKey].entries()) joined.set(key.reveal(), index * PLACE_KEY_BYTES);
  seed.wipe();
  return new Secret("place-keys", joined);
}

/** The reverse of `keysForPlace`, copied; null for keys of another length. The caller wipes them. */
export function keysFromPlace(keys: Secret<"place-keys">): {
  readonly secret: Secret<"meeting-secret">;
  readonly seed: Secret<"signing-key">;
  readonly peerKey: Secret<"peer-key">;
} | null {
  const joined = keys.reveal();
  if (joined.length !== PLACE_KEYS_BYTES) return null;
  const part = (index: number): Uint8Array =>
    Uint8Array.from(joined.subarray(index * PLACE_KEY_BYTES, (index + 1) * PLACE_KEY_BYTES));
  return {
    secret: new Secret("meeting-secret", part(0)),
    seed: new Secret("signing-key", part(1)),
    peerKey: new Secret("peer-key", part(2)),
  };
}
