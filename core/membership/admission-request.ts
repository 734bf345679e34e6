import { concat, toHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { isPublicKey, PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { FINGERPRINT_BYTES } from "./body.ts";
import { type MemberId, memberIdOf } from "./ids.ts";

const LABEL = "admission request";
export const ADMISSION_REQUEST_BYTES = PUBLIC_KEY_BYTES + FINGERPRINT_BYTES + SIGNATURE_BYTES;

/** A newcomer's signed wish to be admitted under a key and a DTLS certificate: nobody can bind another's. */
export interface AdmissionRequest {
  readonly member: MemberId;
  readonly key: Uint8Array;
  /** SHA-256 of the certificate in lower-case hex. */
  readonly fingerprint: string;
}

/** Key, fingerprint (32 bytes of SHA-256), then the signature over meeting id, key and fingerprint: 128 bytes. */
export function createAdmissionRequest(
  meetingId: Uint8Array,
  signingKey: SigningKey,
  fingerprint: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const claim = concat(signingKey.publicKey, fingerprint);
  return concat(claim, signingKey.sign(LABEL, concat(meetingId, claim)));
}

/** Reads and verifies a request for this meeting; `request-invalid` for anything else. */
export function checkAdmissionRequest(
  meetingId: Uint8Array,
  bytes: Uint8Array,
): Result<AdmissionRequest, VigilError<"request-invalid">> {
  const claim = bytes.subarray(0, PUBLIC_KEY_BYTES + FINGERPRINT_BYTES);
  const key = claim.slice(0, PUBLIC_KEY_BYTES);
  const signed = { publicKey: key, label: LABEL, message: concat(meetingId, claim), signature: bytes.subarray(64) };
  if (bytes.length !== ADMISSION_REQUEST_BYTES || !isPublicKey(key) || !verify(signed)) {
    return err(new VigilError("request-invalid", "peer"));
  }
  return ok({ member: memberIdOf(key), key, fingerprint: toHex(claim.subarray(PUBLIC_KEY_BYTES)) });
}
