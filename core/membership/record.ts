import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf, memberKeyOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readCount } from "../wire/fields.ts";
import { MAX_ENTRY_BYTES } from "./entry.ts";
import { MAX_LOG_ENTRIES } from "./insert.ts";
import { createLog, isNamed, type Log, merge } from "./log.ts";
import { MAX_RECORD_NAME_BYTES, readRecordName } from "./record-name.ts";

const LABEL = "meeting record";
const VERSION = 1;
const MEETING_ID_BYTES = 32;
/** The largest record that is read, in bytes. */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024;
/** Seven fields, the entries, and at most as many names: each of a log's people was let in by an entry. */
const MAX_ITEMS = 10 + 2 * MAX_LOG_ENTRIES;

/** A meeting's log as one of its members has signed it at one moment, with the names of those who agreed to be named. */
export interface MeetingRecord {
  readonly log: Log;
  readonly by: MemberId;
  /** When it was made, by that member's clock, in ms since the Unix epoch. */
  readonly time: number;
  /** As each of them has signed it, not cleaned for showing. */
  readonly names: ReadonlyMap<MemberId, string>;
}

/**
 * malformed: no record; forged: its signature does not hold; broken: an entry in it is missing or false; a-strangers: made by nobody
 * in it; name-invented: a name in it was not signed by its bearer, twice, or for nobody in the log.
 */
export type RecordError = VigilError<
  "record-malformed" | "record-forged" | "record-broken" | "record-a-strangers" | "record-name-invented"
>;

/**
 * CBOR `[1, meeting id, root, author, time, [name statement, …], [entry, …]]`, then the author's signature over it. `names` are
 * statements of `createRecordName`, at most one for each member. `record-too-long` beyond 32 MiB.
 */
export function createRecord(wish: {
  readonly log: Log;
  readonly key: SigningKey;
  readonly time: number;
  readonly names: readonly Uint8Array[];
}): Result<Uint8Array<ArrayBuffer>, VigilError<"record-too-long">> {
  const { log, key, time, names } = wish;
  const entries = log.entries.map(({ bytes }) => bytes);
  const { meetingId, root } = log;
  const claim = encodeCbor([VERSION, meetingId, memberKeyOf(root), key.publicKey, time, names, entries]);
  if (claim.length + SIGNATURE_BYTES > MAX_RECORD_BYTES) return err(new VigilError("record-too-long", "peer"));
  return ok(concat(claim, key.sign(LABEL, claim)));
}

/**
 * Reads a record and checks it whole: its own signature, that every entry follows from the root and is signed by its author, and that
 * whoever is named has signed that name for records of this meeting.
 */
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
  const names = namesIn(log, parsed.names);
  return names === null ? refused("record-name-invented") : ok({ log, by, time: parsed.time, names });
}

/** The names that their bearers have signed; null if any of them is somebody else's word, said twice, or nobody's in this log. */
function namesIn(log: Log, statements: readonly Uint8Array[]): ReadonlyMap<MemberId, string> | null {
  const names = new Map<MemberId, string>();
  for (const statement of statements) {
    const read = readRecordName(statement, log.meetingId);
    if (!read.ok) return null;
    const { member, name } = read.value;
    if (names.has(member) || (member !== log.root && !isNamed(log, member))) return null;
    names.set(member, name);
  }
  return names;
}

function refused(code: RecordError["code"]): { readonly ok: false; readonly error: RecordError } {
  return err(new VigilError(code, "peer"));
}

interface Claim {
  readonly meetingId: Uint8Array;
  readonly root: Uint8Array;
  readonly author: Uint8Array;
  readonly time: number;
  readonly names: readonly Uint8Array[];
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
  const names = readByteStrings(nameItems, { min: 0, maxBytes: MAX_RECORD_NAME_BYTES });
  const entries = readByteStrings(entryItems, { min: 1, maxBytes: MAX_ENTRY_BYTES });
  if (version !== VERSION || meetingId === null || root === null || author === null) return null;
  if (time === null || names === null || entries === null) return null;
  return { meetingId, root, author, time, names, entries };
}

/** A list of `min` to `MAX_LOG_ENTRIES` byte strings of at most `maxBytes` each. */
function readByteStrings(
  value: Cbor | undefined,
  { min, maxBytes }: { readonly min: number; readonly maxBytes: number },
): readonly Uint8Array[] | null {
  const items = readArray(value, { min, max: MAX_LOG_ENTRIES });
  if (items === null) return null;
  const strings = items.flatMap((item) => readBytesUpTo(item, maxBytes) ?? []);
  return strings.length === items.length ? strings : null;
}
