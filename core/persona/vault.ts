import { concat } from "../base/bytes.ts";
import { type PersonaId, personaIdOf, personaKeyOf } from "../base/persona-id.ts";
import { Secret } from "../base/secret.ts";
import type { RandomSource } from "../crypto/random-source.ts";
import { isPublicKey, PUBLIC_KEY_BYTES, SigningKey } from "../crypto/signing.ts";
import { ByteReader } from "../wire/byte-reader.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readText } from "../wire/fields.ts";
import { MAX_PERSONA_NAME } from "./certificate.ts";

const VERSION = 1;
const SEED_BYTES = 32;
const LENGTH_BYTES = 4;
/** The most contacts of one persona. */
export const MAX_CONTACTS = 200;
/** Contents are filled up to whole steps of this many bytes, so that the file's size does not count the contacts. */
const PADDED_TO = 8 * 1024;
/** The largest contents, in bytes: every contact with the longest names. */
export const MAX_VAULT_BYTES = 96 * 1024;

/** Somebody whose persona this person has saved. */
export interface SavedContact {
  readonly persona: PersonaId;
  /** What this person calls them. */
  readonly name: string;
  /** What the persona called itself when it was saved. */
  readonly toldName: string;
  /** A safety number was compared with them under this persona. */
  readonly verified: boolean;
}

/** What a persona's file holds: the long-lived key, its name, and whom it knows. */
export interface Vault {
  /** The Ed25519 seed, 32 bytes. */
  readonly seed: Secret<"persona-seed">;
  readonly key: SigningKey;
  readonly name: string;
  readonly contacts: readonly SavedContact[];
}

/** A persona that nobody knows yet. */
export function createVault(name: string, random: RandomSource): Vault {
  const seed = new Secret("persona-seed", random.bytes(SEED_BYTES));
  return { seed, key: SigningKey.fromSeed(seed), name, contacts: [] };
}

/** Overwrites what is secret in it. Safe to call twice. */
export function wipeVault({ seed, key }: Vault): void {
  seed.wipe();
  key.wipe();
}

/**
 * The bytes to be sealed: seed, length of the rest (4 bytes, big-endian), CBOR `[1, name, [[persona key, name, told name, verified]]]`,
 * zeros. The caller wipes them. The seed stays out of the CBOR, whose encoder keeps copies.
 */
export function encodeVault({ seed, name, contacts }: Vault): Uint8Array {
  const known = contacts.map((contact) => [
    personaKeyOf(contact.persona),
    contact.name,
    contact.toldName,
    contact.verified,
  ]);
  const rest = encodeCbor([VERSION, name, known]);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, rest.length);
  const used = SEED_BYTES + LENGTH_BYTES + rest.length;
  return concat(seed.reveal(), length, rest, new Uint8Array(Math.ceil(used / PADDED_TO) * PADDED_TO - used));
}

/** Reads contents that were opened; null for anything but exactly what `encodeVault` makes. The caller wipes `bytes`. */
export function decodeVault(bytes: Uint8Array): Vault | null {
  if (bytes.length > MAX_VAULT_BYTES || bytes.length % PADDED_TO !== 0) return null;
  const reader = new ByteReader(bytes);
  const seedBytes = reader.bytes(SEED_BYTES);
  const length = reader.uint32();
  const rest = length === null ? null : reader.bytes(length);
  const padding = reader.bytes(reader.left);
  if (seedBytes === null || rest === null || padding === null) return null;
  if (padding.length >= PADDED_TO || padding.some((byte) => byte !== 0)) return null;
  const known = readKnown(rest);
  if (known === null) return null;
  const seed = new Secret("persona-seed", seedBytes.slice());
  return { seed, key: SigningKey.fromSeed(seed), ...known };
}

function readKnown(bytes: Uint8Array): Pick<Vault, "name" | "contacts"> | null {
  const decoded = decodeCbor(bytes, { maxBytes: MAX_VAULT_BYTES, maxDepth: 3, maxItems: 4 + MAX_CONTACTS * 5 });
  if (!decoded.ok) return null;
  const [version, called, list] = readArray(decoded.value, { min: 3, max: 3 }) ?? [];
  const name = readText(called, MAX_PERSONA_NAME);
  const items = readArray(list, { min: 0, max: MAX_CONTACTS });
  if (version !== VERSION || name === null || items === null) return null;
  const contacts = items.map(readContact).filter((contact) => contact !== null);
  const distinct = new Set(contacts.map(({ persona }) => persona)).size === items.length;
  return distinct ? { name, contacts } : null;
}

function readContact(item: Cbor): SavedContact | null {
  const [key, called, told, verified] = readArray(item, { min: 4, max: 4 }) ?? [];
  const publicKey = readBytes(key, PUBLIC_KEY_BYTES);
  const name = readText(called, MAX_PERSONA_NAME);
  const toldName = readText(told, MAX_PERSONA_NAME);
  if (publicKey === null || !isPublicKey(publicKey) || name === null || toldName === null) return null;
  return typeof verified === "boolean" ? { persona: personaIdOf(publicKey), name, toldName, verified } : null;
}
