import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf, memberKeyOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readCount, readText } from "../wire/fields.ts";
import { MAX_LOG_ENTRIES } from "./insert.ts";
import { createLog, isNamed, type Log, merge } from "./log.ts";

const LABEL = "meeting record";
const VERSION = 1;
const MEETING_ID_BYTES = 32;
const MAX_ENTRY_BYTES = 4096;
const MAX_NAMES = 256;
const MAX_NAME_CHARACTERS = 64;
/** The largest record that is read, in bytes. */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024;
/** Seven fields, the entries, and three items for each name. */
const MAX_ITEMS = 10 + MAX_LOG_ENTRIES + 3 * MAX_NAMES;

/** A meeting's log as one of its members has signed it at one moment, with the names of those who agreed to be named. */
export interface MeetingRecord {
  readonly log: Log;
  readonly by: MemberId;
  /** When it was made, by that member's clock, in ms since the Unix epoch. */
  readonly time: number;
  readonly names: ReadonlyMap<MemberId, string>;
}

/** malformed: no record; forged: its signature does not hold; broken: an entry in it is missing or false; a-strangers: made by nobody in it. */
export type RecordError = VigilError<"record-malformed" | "record-forged" | "record-broken" | "record-a-strangers">;

/**
 * CBOR `[1, meeting id, root, author, time, [[member, name], …], [entry, …]]`, then the author's signature over it.
 * Throws `record-too-long` beyond 32 MiB.
 */
export function createRecord(wish: {
  readonly log: Log;
  readonly key: SigningKey;
  readonly time: number;
  readonly names: ReadonlyMap<MemberId, string>;
}): Uint8Array<ArrayBuffer> {
  const { log, key, time, names } = wish;
  const named = [...names].map(([member, name]) => [memberKeyOf(member), name]);
  const entries = log.entries.map(({ bytes }) => bytes);
  const { meetingId, root } = log;
  const claim = encodeCbor([VERSION, meetingId, memberKeyOf(root), key.publicKey, time, named, entries]);
  const record = concat(claim, key.sign(LABEL, claim));
  if (record.length > MAX_RECORD_BYTES) throw new VigilError("record-too-long", "defect");
  return record;
}

/** Reads a record and checks it whole: its own signature, and that every entry follows from the root and is signed by its author. */
export function readRecord(bytes: Uint8Array): Result<MeetingRecord, RecordError> {
  if (bytes.length > MAX_RECORD_BYTES || bytes.length <= SIGNATURE_BYTES) return refused("record-malformed");
  const claim = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const parsed = parseClaim(claim);
  if (parsed === null) return refused("record-malformed");
  const signature = bytes.subarray(claim.length);
  if (!verify({ publicKey: parsed.author, label: LABEL, message: claim, signature })) return refused("record-forged");
  const { added, missing, rejected, log } = merge(createLog(parsed), parsed.entries);
  const whole = rejected.length === 0 && missing.length === 0 && added.length === parsed.entries.length;
  if (!whole || added.length === 0) return refused("record-broken");
  const by = memberIdOf(parsed.author);
  if (by !== log.root && !isNamed(log, by)) return refused("record-a-strangers");
  return ok({ log, by, time: parsed.time, names: parsed.names });
}

function refused(code: RecordError["code"]): { readonly ok: false; readonly error: RecordError } {
  return err(new VigilError(code, "peer"));
}

interface Claim {
  readonly meetingId: Uint8Array;
  readonly root: Uint8Array;
  readonly author: Uint8Array;
  readonly time: number;
  readonly names: ReadonlyMap<MemberId, string>;
  readonly entries: readonly Uint8Array[];
}

function parseClaim(claim: Uint8Array): Claim | null {
  const decoded = decodeCbor(claim, { maxBytes: MAX_RECORD_BYTES, maxDepth: 3, maxItems: MAX_ITEMS });
  if (!decoded.ok) return null;
  const fields = readArray(decoded.value, { min: 7, max: 7 }) ?? [];
  const [version, meetingItem, rootItem, authorItem, timeItem, nameItems, entryItems] = fields;
  const meetingId = readBytes(meetingItem, MEETING_ID_BYTES);
  const root = readBytes(rootItem, PUBLIC_KEY_BYTES);
  const author = readBytes(authorItem, PUBLIC_KEY_BYTES);
  const time = readCount(timeItem);
  const names = readNames(nameItems);
  const entries = readEntries(entryItems);
  if (version !== VERSION || meetingId === null || root === null || author === null) return null;
  if (time === null || names === null || entries === null) return null;
  return { meetingId, root, author, time, names, entries };
}

function readNames(value: Cbor | undefined): ReadonlyMap<MemberId, string> | null {
  const items = readArray(value, { min: 0, max: MAX_NAMES });
  if (items === null) return null;
  const names = new Map<MemberId, string>();
  for (const item of items) {
    const [keyItem, nameItem] = readArray(item, { min: 2, max: 2 }) ?? [];
    const key = readBytes(keyItem, PUBLIC_KEY_BYTES);
    const name = readText(nameItem, MAX_NAME_CHARACTERS);
    if (key === null || name === null || names.has(memberIdOf(key))) return null;
    names.set(memberIdOf(key), name);
  }
  return names;
}

function readEntries(value: Cbor | undefined): readonly Uint8Array[] | null {
  const items = readArray(value, { min: 1, max: MAX_LOG_ENTRIES });
  if (items === null) return null;
  const entries = items.flatMap((item) => readBytesUpTo(item, MAX_ENTRY_BYTES) ?? []);
  return entries.length === items.length ? entries : null;
}
