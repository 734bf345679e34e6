import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readCount } from "../wire/fields.ts";
import type { EntryBody } from "./body.ts";
import { bodyFromCbor, bodyToCbor } from "./body-codec.ts";
import { type EntryId, entryIdBytes, entryIdFrom, entryIdOf, ID_BYTES } from "./ids.ts";

export type { EntryBody } from "./body.ts";

const VERSION = 1;
const SIGNATURE_LABEL = "log entry";
const MEETING_ID_BYTES = 32;
export const MAX_PARENTS = 16;
/** The largest entry, signature included, in bytes. */
export const MAX_ENTRY_BYTES = 4096;
/** Items of the largest entry: seven fields, the parents, the body's fields. */
const MAX_ITEMS = 40;

/** One signed statement of one member, and what it had seen when it was made. */
export interface Entry {
  readonly meetingId: Uint8Array;
  /** Ed25519 key. */
  readonly author: Uint8Array;
  /** The newest entries the author knew: sorted, each once, none only for the root. */
  readonly parents: readonly EntryId[];
  /** Milliseconds since the Unix epoch by the author's clock. */
  readonly time: number;
  readonly body: EntryBody;
}

export interface SignedEntry {
  readonly id: EntryId;
  readonly entry: Entry;
  readonly bytes: Uint8Array;
}

export type EntryError = VigilError<"entry-malformed" | "entry-of-another-meeting" | "entry-forged">;

/** The signed bytes: CBOR `[1, meeting id, author, [parents], time, body]`. On the wire the 64 bytes of the signature follow. */
function signedBytesOf(entry: Entry): Uint8Array {
  const parents = entry.parents.map((parent) => entryIdBytes(parent));
  return encodeCbor([VERSION, entry.meetingId, entry.author, parents, entry.time, bodyToCbor(entry.body)]);
}

/** Signs and encodes. Throws `entry-too-long` beyond 4 KiB. */
export function signEntry(entry: Omit<Entry, "author">, key: SigningKey): SignedEntry {
  const whole = { ...entry, author: key.publicKey };
  const signed = signedBytesOf(whole);
  const bytes = concat(signed, key.sign(SIGNATURE_LABEL, signed));
  if (bytes.length > MAX_ENTRY_BYTES) throw new VigilError("entry-too-long", "defect");
  return { id: entryIdOf(signed), entry: whole, bytes };
}

/** The id that these bytes have if they are an entry: one hash, at most of the largest entry. */
export function idOfEntry(bytes: Uint8Array): EntryId {
  return entryIdOf(bytes.subarray(0, Math.min(bytes.length, MAX_ENTRY_BYTES) - SIGNATURE_BYTES));
}

/** Reads an entry of this meeting, whose id is `idOfEntry`, without checking its signature: see `isSignatureValid`. */
export function decodeEntry(
  bytes: Uint8Array,
  meetingId: Uint8Array,
  id = idOfEntry(bytes),
): Result<SignedEntry, EntryError> {
  if (bytes.length > MAX_ENTRY_BYTES || bytes.length <= SIGNATURE_BYTES) return err(refused("entry-malformed"));
  const signed = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const decoded = decodeCbor(signed, { maxBytes: MAX_ENTRY_BYTES, maxDepth: 3, maxItems: MAX_ITEMS });
  const entry = decoded.ok ? entryFromCbor(decoded.value) : null;
  if (entry === null) return err(refused("entry-malformed"));
  if (!entry.meetingId.every((byte, index) => byte === meetingId[index])) {
    return err(refused("entry-of-another-meeting"));
  }
  return ok({ id, entry, bytes: bytes.slice() });
}

function entryFromCbor(value: Cbor): Entry | null {
  const [version, meeting, authorKey, parentIds, timeMs, bodyItems] = readArray(value, { min: 6, max: 6 }) ?? [];
  const meetingId = readBytes(meeting, MEETING_ID_BYTES);
  const author = readBytes(authorKey, PUBLIC_KEY_BYTES);
  const parents = parentsFromCbor(parentIds);
  const time = readCount(timeMs);
  const body = bodyFromCbor(bodyItems);
  if (version !== VERSION || meetingId === null || author === null) return null;
  if (parents === null || time === null || body === null) return null;
  if ((body.type === "create") !== (parents.length === 0)) return null;
  return { meetingId, author, parents, time, body };
}

function parentsFromCbor(value: Cbor | undefined): readonly EntryId[] | null {
  const items = readArray(value, { min: 0, max: MAX_PARENTS });
  if (items === null) return null;
  const parents: EntryId[] = [];
  for (const item of items) {
    const bytes = readBytes(item, ID_BYTES);
    if (bytes === null) return null;
    parents.push(entryIdFrom(bytes));
  }
  return parents.every((parent, index) => index === 0 || (parents[index - 1] ?? "") < parent) ? parents : null;
}

/** Whether the author signed exactly these bytes. */
export function isSignatureValid({ entry, bytes }: SignedEntry): boolean {
  return verify({
    publicKey: entry.author,
    label: SIGNATURE_LABEL,
    message: bytes.subarray(0, bytes.length - SIGNATURE_BYTES),
    signature: bytes.subarray(bytes.length - SIGNATURE_BYTES),
  });
}

function refused(code: EntryError["code"]): EntryError {
  return new VigilError(code, "peer");
}
