import { utf8 } from "../../../core/base/bytes.ts";
import { personaIdOf } from "../../../core/base/persona-id.ts";
import { Secret } from "../../../core/base/secret.ts";
import type { StretchCost } from "../../../core/crypto/stretch.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import type { Lock } from "../../../core/persona/file.ts";
import { createVault, type SavedContact, type Vault } from "../../../core/persona/vault.ts";
import { seededRandom } from "../../support/seeded-random.ts";

/** Far too cheap for a file that matters, and quick. */
export const CHEAP: StretchCost = { memory: 64, passes: 1, lanes: 1 };

export const passphrase = (text: string): Secret<"passphrase"> => new Secret("passphrase", utf8(text));

export const personaKey = (seed: number): SigningKey => SigningKey.generate(seededRandom(1_000 + seed));

export const contact = (seed: number, name = `Contact ${String(seed)}`): SavedContact => ({
  persona: personaIdOf(personaKey(seed).publicKey),
  name,
  toldName: name,
  verified: seed % 2 === 0,
});

export const vaultWith = (...contacts: readonly SavedContact[]): Vault => ({
  ...createVault("Ada", seededRandom(7)),
  contacts,
});

export const passphraseLock = (seed = 1): Lock => ({
  method: "passphrase",
  cost: CHEAP,
  salt: seededRandom(seed).bytes(16),
});
