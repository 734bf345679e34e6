import { VigilError } from "../../core/base/errors.ts";
import { Secret } from "../../core/base/secret.ts";
import type { Identity } from "../../core/meeting/identity.ts";
import type { Keychain } from "../../core/ports/keychain.ts";
import type { PersonaStore } from "../../core/ports/persona-store.ts";
import type { Random } from "../../core/ports/random.ts";
import { IdentityKeeper } from "../../electron/host/identity-keeper.ts";

/** A profile's file in memory. Its `bytes` are what a thief of the disk would have. */
export class MemoryPersonaStore implements PersonaStore {
  bytes: Uint8Array | null = null;
  writes = 0;
  /** While true, the disk is full. */
  full = false;

  read(): Promise<Uint8Array | null> {
    return Promise.resolve(this.bytes?.slice() ?? null);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.full) return Promise.reject(new VigilError("profile-unwritable", "device"));
    this.writes++;
    this.bytes = bytes.slice();
    return Promise.resolve();
  }

  remove(): Promise<void> {
    this.bytes = null;
    return Promise.resolve();
  }
}

/** A keychain as a system without one has it. */
export const noKeychain: Keychain = {
  available: () => Promise.resolve(false),
  wrap: () => Promise.reject(new VigilError("keychain-failed", "device")),
  unwrap: () => Promise.reject(new VigilError("keychain-failed", "device")),
};

/** A keychain that answers only for what it has wrapped itself. */
export function memoryKeychain(): Keychain {
  const kept = new Map<number, Uint8Array>();
  return {
    available: () => Promise.resolve(true),
    wrap(secret) {
      kept.set(kept.size + 1, secret.reveal().slice());
      return Promise.resolve(Uint8Array.of(kept.size));
    },
    unwrap(wrapped) {
      const bytes = kept.get(wrapped[0] ?? 0);
      if (bytes === undefined) return Promise.reject(new VigilError("keychain-failed", "device"));
      return Promise.resolve(new Secret("keychain-key", bytes.slice()));
    },
  };
}

interface Cheap {
  readonly store: PersonaStore;
  readonly random: Random;
  readonly keychain?: Keychain;
  readonly tell: (identity: Identity) => void;
}

/** A keeper whose passphrases cost next to nothing, for everything but the test of what they cost. */
export function cheapIdentity({ store, random, keychain = noKeychain, tell }: Cheap): IdentityKeeper {
  return new IdentityKeeper({
    store,
    keychain,
    random,
    cost: { memory: 64, passes: 1, lanes: 1 },
    tell,
    reportDefect: (defect) => {
      throw defect;
    },
  });
}
