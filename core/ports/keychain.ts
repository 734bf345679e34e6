import type { Secret } from "../base/secret.ts";

/** The system's own place for secrets, which opens with the person's session. */
export interface Keychain {
  /** Whether there is one that keeps secrets from others than this person. Never rejects. */
  available(): Promise<boolean>;
  /** A form of the secret that only this keychain turns back. Rejects with `keychain-failed`. */
  wrap(secret: Secret): Promise<Uint8Array>;
  /** The secret again; the caller owns it. Rejects with `keychain-failed`. */
  unwrap(wrapped: Uint8Array): Promise<Secret<"keychain-key">>;
}
