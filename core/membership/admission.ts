import { concat, toHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { FINGERPRINT_BYTES, fingerprintBytes } from "./body.ts";

const LABEL = "admission request";
const CLAIM_BYTES = PUBLIC_KEY_BYTES + FINGERPRINT_BYTES;
const ADMISSION_REQUEST_BYTES = CLAIM_BYTES + SIGNATURE_BYTES;

/** A newcomer's signed wish to be admitted under a key and a DTLS certificate: nobody can bind another's. */
export interface AdmissionRequest {
  readonly member: MemberId;
  readonly key: Uint8Array;
  /** SHA-256 of the certificate in lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Key, fingerprint (32 bytes of SHA-256), then the signature over meeting id, key and fingerprint: 128 bytes.
 * `fingerprint` is lower-case hex; throws `fingerprint-malformed` for anything but 64 such characters.
 */
export function createAdmissionRequest(wish: {
  readonly meetingId: Uint8Array;
  readonly signingKey: SigningKey;
  readonly fingerprint: string;
}): Uint8Array<ArrayBuffer> {
  const claim = concat(wish.signingKey.publicKey, fingerprintBytes(wish.fingerprint));
  return concat(claim, wish.signingKey.sign(LABEL, concat(wish.meetingId, claim)));
}

/** Reads and verifies a request for this meeting; `request-invalid` for anything else. */
export function checkAdmissionRequest(
  bytes: Uint8Array,
  meetingId: Uint8Array,
): Result<AdmissionRequest, VigilError<"request-invalid">> {
  const claim = bytes.subarray(0, CLAIM_BYTES);
  const key = claim.slice(0, PUBLIC_KEY_BYTES);
  const signature = bytes.subarray(CLAIM_BYTES);
  const signed = { publicKey: key, label: LABEL, message: concat(meetingId, claim), signature };
  if (bytes.length !== ADMISSION_REQUEST_BYTES || !verify(signed)) {
    return err(new VigilError("request-invalid", "peer"));
  }
  return ok({ member: memberIdOf(key), key, fingerprint: toHex(claim.subarray(PUBLIC_KEY_BYTES)) });
}
