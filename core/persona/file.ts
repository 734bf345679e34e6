import { concat, utf8 } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { Secret } from "../base/secret.ts";
import { BOX_NONCE_BYTES, BOX_OVERHEAD_BYTES, open, seal } from "../crypto/box.ts";
import { equal } from "../crypto/compare.ts";
import { derive, hash } from "../crypto/hash.ts";
import type { RandomSource } from "../crypto/random-source.ts";
import type { StretchCost } from "../crypto/stretch.ts";
import { ByteReader } from "../wire/byte-reader.ts";
import { decodeVault, encodeVault, MAX_VAULT_BYTES, type Vault } from "./vault.ts";

const MAGIC = utf8("vigil persona\n");
const VERSION = 1;
const METHODS = { passphrase: 1, keychain: 2 } as const;
export const SALT_BYTES = 16;
const CHECKSUM_BYTES = 16;
/** The longest key that a system's keychain has wrapped, in bytes. */
export const MAX_WRAPPED_BYTES = 4096;
/** The largest file, in bytes; anything larger is refused unread. */
export const MAX_PERSONA_FILE_BYTES = MAX_VAULT_BYTES + MAX_WRAPPED_BYTES + 256;
/** What a file may ask this machine to spend on one passphrase: four times the usual memory, ten passes. */
const MOST: StretchCost = { memory: 256 * 1024, passes: 10, lanes: 16 };

/** What stands between the file and its contents: a passphrase, or a key that the system's keychain has wrapped. */
export type Lock =
  | { readonly method: "passphrase"; readonly cost: StretchCost; readonly salt: Uint8Array }
  | { readonly method: "keychain"; readonly wrapped: Uint8Array };

export type FileKey = Secret<"persona-file-key">;

/** A file whose form is right. What is in the box shows only under its key. */
export interface PersonaFile {
  readonly lock: Lock;
  readonly nonce: Uint8Array;
  readonly box: Uint8Array;
}

export type PersonaFileError = VigilError<"persona-file-foreign" | "persona-file-damaged" | "persona-file-too-new">;

/**
 * The key of a file's box from what opens its lock: the stretched passphrase, or the key out of the keychain.
 * It covers the lock, so that no other lock can be put before the same box. The caller still owns, and wipes, `root`.
 */
export function fileKeyOf(lock: Lock, root: Secret): FileKey {
  const bytes = derive({ key: root.reveal(), label: "persona file key", context: headerOf(lock), length: 32 });
  return new Secret("persona-file-key", bytes);
}

/** The whole file: header, fresh nonce, box, checksum. A key may seal any number of times. */
export function sealPersonaFile(vault: Vault, lock: Lock, keys: { key: FileKey; random: RandomSource }): Uint8Array {
  const nonce = keys.random.bytes(BOX_NONCE_BYTES);
  const contents = encodeVault(vault);
  const box = seal({ key: keys.key.reveal(), nonce, bytes: contents });
  contents.fill(0);
  const file = concat(headerOf(lock), nonce, box);
  return concat(file, checksumOf(file));
}

/**
 * Reads the outside of a file. The checksum tells a file that was cut or has changed by accident from a wrong passphrase;
 * against somebody who changes it on purpose only the box helps.
 */
export function readPersonaFile(bytes: Uint8Array): Result<PersonaFile, PersonaFileError> {
  if (bytes.length > MAX_PERSONA_FILE_BYTES || !MAGIC.every((byte, index) => byte === bytes[index])) {
    return err(refused("persona-file-foreign"));
  }
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < MAGIC.length || !equal(bytes.subarray(end), checksumOf(bytes.subarray(0, end)))) {
    return err(refused("persona-file-damaged"));
  }
  const reader = new ByteReader(bytes.subarray(MAGIC.length, end));
  const version = reader.uint8() ?? 0;
  if (version > VERSION) return err(refused("persona-file-too-new"));
  const lock = version === VERSION ? readLock(reader) : null;
  const nonce = reader.bytes(BOX_NONCE_BYTES);
  const box = reader.bytes(reader.left);
  if (lock === null || nonce === null || box === null || box.length < BOX_OVERHEAD_BYTES) {
    return err(refused("persona-file-damaged"));
  }
  return ok({ lock, nonce: nonce.slice(), box: box.slice() });
}

/**
 * Opens a file under its key. `persona-key-wrong`: it was sealed under another, so the passphrase was not this one;
 * `persona-file-damaged`: it opens, and holds something else.
 */
export function openPersonaFile(
  { nonce, box }: PersonaFile,
  key: FileKey,
): Result<Vault, VigilError<"persona-key-wrong" | "persona-file-damaged">> {
  const contents = open({ key: key.reveal(), nonce, bytes: box });
  if (contents === null) return err(new VigilError("persona-key-wrong", "user"));
  const vault = decodeVault(contents);
  contents.fill(0);
  return vault === null ? err(new VigilError("persona-file-damaged", "device")) : ok(vault);
}

/** Everything before the nonce. */
function headerOf(lock: Lock): Uint8Array {
  const begin = concat(MAGIC, Uint8Array.of(VERSION, METHODS[lock.method]));
  if (lock.method === "passphrase") {
    const cost = new Uint8Array(6);
    const view = new DataView(cost.buffer);
    view.setUint32(0, lock.cost.memory);
    view.setUint8(4, lock.cost.passes);
    view.setUint8(5, lock.cost.lanes);
    return concat(begin, cost, lock.salt);
  }
  const length = new Uint8Array(2);
  new DataView(length.buffer).setUint16(0, lock.wrapped.length);
  return concat(begin, length, lock.wrapped);
}

function readLock(reader: ByteReader): Lock | null {
  const method = reader.uint8();
  if (method === METHODS.passphrase) {
    const [memory, passes, lanes] = [reader.uint32(), reader.uint8(), reader.uint8()];
    const salt = reader.bytes(SALT_BYTES);
    if (memory === null || passes === null || lanes === null || salt === null) return null;
    const cost = { memory, passes, lanes };
    return isBearable(cost) ? { method: "passphrase", cost, salt: salt.slice() } : null;
  }
  if (method !== METHODS.keychain) return null;
  const length = reader.uint16() ?? 0;
  const wrapped = length > 0 && length <= MAX_WRAPPED_BYTES ? reader.bytes(length) : null;
  return wrapped === null ? null : { method: "keychain", wrapped: wrapped.slice() };
}

/** Whether Argon2 takes these numbers, and this machine can be asked for them. */
function isBearable({ memory, passes, lanes }: StretchCost): boolean {
  if (passes < 1 || passes > MOST.passes || lanes < 1 || lanes > MOST.lanes) return false;
  return memory >= 8 * lanes && memory <= MOST.memory;
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return hash("persona file checksum", bytes).subarray(0, CHECKSUM_BYTES);
}

function refused(code: PersonaFileError["code"]): PersonaFileError {
  return new VigilError(code, "device");
}
