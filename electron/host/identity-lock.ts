import { VigilError } from "../../core/base/errors.ts";
import { Secret } from "../../core/base/secret.ts";
import { stretch, type StretchCost } from "../../core/crypto/stretch.ts";
import { type FileKey, fileKeyOf, type Lock, SALT_BYTES } from "../../core/persona/file.ts";
import type { Keychain } from "../../core/ports/keychain.ts";
import type { Random } from "../../core/ports/random.ts";

const KEYCHAIN_KEY_BYTES = 32;

/** A lock and the key that opens it. */
export interface Locked {
  readonly lock: Lock;
  readonly key: FileKey;
}

export interface LockMaking {
  readonly random: Random;
  readonly keychain: Keychain;
  /** What one guess at a passphrase costs, for locks made from now on. */
  readonly cost: StretchCost;
}

/** A fresh lock: behind the passphrase, or without one behind the system's keychain. Rejects with `keychain-failed`. */
export async function makeLock(passphrase: Secret<"passphrase"> | null, making: LockMaking): Promise<Locked> {
  if (passphrase !== null) {
    const lock: Lock = { method: "passphrase", cost: making.cost, salt: making.random.bytes(SALT_BYTES) };
    return { lock, key: await openLock(lock, passphrase, making.keychain) };
  }
  const root = new Secret("keychain-key", making.random.bytes(KEYCHAIN_KEY_BYTES));
  try {
    const lock: Lock = { method: "keychain", wrapped: await making.keychain.wrap(root) };
    return { lock, key: fileKeyOf(lock, root) };
  } finally {
    root.wipe();
  }
}

/** The key behind a lock, right or not: that shows when it is tried. Rejects with `keychain-failed` or `passphrase-missing`. */
export async function openLock(
  lock: Lock,
  passphrase: Secret<"passphrase"> | null,
  keychain: Keychain,
): Promise<FileKey> {
  const root = await rootOf(lock, passphrase, keychain);
  try {
    return fileKeyOf(lock, root);
  } finally {
    root.wipe();
  }
}

function rootOf(lock: Lock, passphrase: Secret<"passphrase"> | null, keychain: Keychain): Promise<Secret> {
  if (lock.method === "keychain") return keychain.unwrap(lock.wrapped);
  if (passphrase === null) throw new VigilError("passphrase-missing", "user");
  return stretch(passphrase, lock.salt, lock.cost);
}
