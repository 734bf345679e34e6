import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readText } from "../wire/fields.ts";
import { type AdmissionRequest, checkAdmissionRequest } from "./admission.ts";
import { MAX_APPEAL_BYTES, MAX_APPEAL_CHARACTERS, MAX_REQUEST_BYTES } from "./body.ts";
import { type EntryId, entryIdBytes, entryIdFrom, ID_BYTES } from "./ids.ts";

const LABEL = "appeal";
const VERSION = 1;

/** What somebody removed says to those who are left: one message for one removal, signed by themselves. */
export interface Appeal {
  /** The wish to be admitted again, under the same key and perhaps another certificate. */
  readonly request: AdmissionRequest;
  readonly removal: EntryId;
  readonly text: string;
}

/**
 * CBOR `[1, removal, request, text]`, then the signature over meeting id and these bytes. It is no log entry: the removed can write
 * none, so a member has to pass it on. Throws `appeal-too-long` beyond the limit of characters.
 */
export function createAppeal(wish: {
  readonly meetingId: Uint8Array;
  readonly signingKey: SigningKey;
  readonly removal: EntryId;
  readonly request: Uint8Array;
  readonly text: string;
}): Uint8Array<ArrayBuffer> {
  if (wish.text.length > MAX_APPEAL_CHARACTERS) throw new VigilError("appeal-too-long", "defect");
  const claim = encodeCbor([VERSION, entryIdBytes(wish.removal), wish.request, wish.text]);
  return concat(claim, wish.signingKey.sign(LABEL, concat(wish.meetingId, claim)));
}

/** Reads an appeal of this meeting and checks both signatures; `appeal-invalid` for anything else. */
export function checkAppeal(bytes: Uint8Array, meetingId: Uint8Array): Result<Appeal, VigilError<"appeal-invalid">> {
  const refused = err(new VigilError("appeal-invalid", "peer"));
  if (bytes.length > MAX_APPEAL_BYTES || bytes.length <= SIGNATURE_BYTES) return refused;
  const claim = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const parsed = parseClaim(claim);
  const request = parsed === null ? null : checkAdmissionRequest(parsed.request, meetingId);
  if (parsed === null || request === null || !request.ok) return refused;
  const signature = bytes.subarray(claim.length);
  const signed = { publicKey: request.value.key, label: LABEL, message: concat(meetingId, claim), signature };
  return verify(signed) ? ok({ request: request.value, removal: parsed.removal, text: parsed.text }) : refused;
}

function parseClaim(claim: Uint8Array): { removal: EntryId; request: Uint8Array; text: string } | null {
  const decoded = decodeCbor(claim, { maxBytes: MAX_APPEAL_BYTES, maxDepth: 1, maxItems: 5 });
  if (!decoded.ok) return null;
  const [version, removalItem, requestItem, textItem] = readArray(decoded.value, { min: 4, max: 4 }) ?? [];
  const removal = readBytes(removalItem, ID_BYTES);
  const request = readBytesUpTo(requestItem, MAX_REQUEST_BYTES);
  const text = readText(textItem, MAX_APPEAL_CHARACTERS);
  if (version !== VERSION || removal === null || request === null || text === null) return null;
  return { removal: entryIdFrom(removal), request, text };
}
