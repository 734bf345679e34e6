import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { equal } from "../crypto/compare.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readText } from "../wire/fields.ts";

const LABEL = "record name";
const VERSION = 1;
const MEETING_ID_BYTES = 32;
/** The longest name, in UTF-16 units. */
const MAX_NAME_CHARACTERS = 64;
/** The largest statement, signature included, in bytes. */
export const MAX_RECORD_NAME_BYTES = 512;

/** A member's own word about the name under which records of one meeting may list it. The name is not cleaned for showing. */
export interface RecordName {
  readonly member: MemberId;
  readonly name: string;
}

export type RecordNameError = VigilError<
  "record-name-malformed" | "record-name-of-another-meeting" | "record-name-forged"
>;

/**
 * A member's signed word that its name may stand in records of this meeting: CBOR `[1, meeting id, member key, name]`, then the 64
 * bytes of the signature. Throws `record-name-unfit` for an empty name, or one beyond 64 UTF-16 units.
 */
export function createRecordName(wish: {
  readonly meetingId: Uint8Array;
  readonly key: SigningKey;
  readonly name: string;
}): Uint8Array<ArrayBuffer> {
  const { meetingId, key, name } = wish;
  if (name === "" || name.length > MAX_NAME_CHARACTERS) throw new VigilError("record-name-unfit", "defect");
  const signed = encodeCbor([VERSION, meetingId, key.publicKey, name]);
  return concat(signed, key.sign(LABEL, signed));
}

/** Reads a statement about this meeting and checks that the member it names has signed it. */
export function readRecordName(bytes: Uint8Array, meetingId: Uint8Array): Result<RecordName, RecordNameError> {
  if (bytes.length > MAX_RECORD_NAME_BYTES || bytes.length <= SIGNATURE_BYTES) return refused("record-name-malformed");
  const signed = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const decoded = decodeCbor(signed, { maxBytes: MAX_RECORD_NAME_BYTES, maxDepth: 1, maxItems: 5 });
  const statement = decoded.ok ? statementOf(decoded.value) : null;
  if (statement === null) return refused("record-name-malformed");
  if (!equal(statement.meetingId, meetingId)) return refused("record-name-of-another-meeting");
  const { publicKey, name } = statement;
  const signature = bytes.subarray(signed.length);
  if (!verify({ publicKey, label: LABEL, message: signed, signature })) return refused("record-name-forged");
  return ok({ member: memberIdOf(publicKey), name });
}

function statementOf(value: Cbor): { meetingId: Uint8Array; publicKey: Uint8Array; name: string } | null {
  const [version, meetingItem, memberItem, nameItem] = readArray(value, { min: 4, max: 4 }) ?? [];
  const meetingId = readBytes(meetingItem, MEETING_ID_BYTES);
  const publicKey = readBytes(memberItem, PUBLIC_KEY_BYTES);
  const name = readText(nameItem, MAX_NAME_CHARACTERS);
  if (version !== VERSION || meetingId === null || publicKey === null || name === null || name === "") return null;
  return { meetingId, publicKey, name };
}

function refused(code: RecordNameError["code"]): { readonly ok: false; readonly error: RecordNameError } {
  return err(new VigilError(code, "peer"));
}
