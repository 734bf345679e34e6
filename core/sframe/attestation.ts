import { concat, utf8 } from "../base/bytes.ts";
import {
  FRAME_DIGEST_BYTES,
  FRAME_SIGNATURE_BYTES,
  type FrameSigner,
  type FrameVerifier,
} from "../crypto/frame-signing.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Digests in one attestation at most: over a second of the pictures of three encoders. */
export const MAX_ATTESTED = 120;

/** What a signature is about, so that none of one kind of picture fits another. */
export type AttestedKind = "camera" | "screen";

function signed(kind: AttestedKind, listed: Uint8Array): Bytes {
  return concat(utf8(`vigil/1 attestation ${kind} `), listed);
}

/**
 * A sender's word that frames with these digests are its own: the signature (Ed25519, of a label and the
 * digests), then the digests of the sealed frames, 16 bytes each. Whoever passes frames on holds the key that opens them, and could seal others under it; this it
 * cannot make.
 */
export async function attest(signer: FrameSigner, kind: AttestedKind, digests: readonly Bytes[]): Promise<Bytes> {
  const listed = concat(...digests.slice(-MAX_ATTESTED));
  return concat(await signer.sign(signed(kind, listed)), listed);
}

/** The digests that an attestation names, or null for one that is malformed or not of this sender. */
export async function readAttestation(
  verify: FrameVerifier,
  kind: AttestedKind,
  bytes: Uint8Array,
): Promise<readonly Bytes[] | null> {
  const length = bytes.length - FRAME_SIGNATURE_BYTES;
  if (length <= 0 || length % FRAME_DIGEST_BYTES !== 0 || length > MAX_ATTESTED * FRAME_DIGEST_BYTES) return null;
  const listed = bytes.slice(FRAME_SIGNATURE_BYTES);
  if (!(await verify(bytes.slice(0, FRAME_SIGNATURE_BYTES), signed(kind, listed)))) return null;
  const digests: Bytes[] = [];
  for (let start = 0; start < length; start += FRAME_DIGEST_BYTES) {
    digests.push(listed.subarray(start, start + FRAME_DIGEST_BYTES));
  }
  return digests;
}
