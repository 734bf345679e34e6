import type { IdentityFault, IdentityView } from "../contract/identity.ts";
import type { Vault } from "../persona/vault.ts";

/** The persona of this profile, as the host found, made or opened it. */
export interface Identity {
  readonly state: IdentityView["state"];
  readonly keeping: IdentityView["keeping"];
  readonly keychain: boolean;
  readonly busy: boolean;
  readonly fault: IdentityFault | null;
  /** Null unless open. Its owner wipes it when it is closed. */
  readonly vault: Vault | null;
  readonly exported: string | null;
}

/** A profile without a persona. */
export const noPersona: Identity = {
  state: "none",
  keeping: "passphrase",
  keychain: false,
  busy: false,
  fault: null,
  vault: null,
  exported: null,
};
