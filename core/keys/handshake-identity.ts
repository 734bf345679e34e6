import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { BOX_NONCE_BYTES, open, seal } from "../crypto/box.ts";
import { equal } from "../crypto/compare.ts";
import { PUBLIC_KEY_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import type { HandshakeError, HandshakeRole } from "./handshake-state.ts";
import { deriveKey, type Transcript } from "./transcript.ts";

/** Each identity key seals one message. */
const NONCE = new Uint8Array(BOX_NONCE_BYTES);

/** This side's member key and its signature of everything said so far, sealed under a key derived from the same. */
export function sealIdentity(transcript: Transcript, role: HandshakeRole, key: SigningKey): Uint8Array {
  const boxKey = deriveKey(transcript, `${role} identity`);
  const bytes = concat(key.publicKey, key.sign(signatureLabel(role), transcript.hash));
  const sealed = seal({ key: boxKey.reveal(), nonce: NONCE, bytes });
  boxKey.wipe();
  return sealed;
}

/** Opens the other side's identity and checks its signature. Gives the member key, 32 bytes. */
export function openIdentity(
  transcript: Transcript,
  sealed: Uint8Array,
  expected: { role: HandshakeRole; ownKey: Uint8Array },
): Result<Uint8Array, HandshakeError> {
  const boxKey = deriveKey(transcript, `${expected.role} identity`);
  const bytes = open({ key: boxKey.reveal(), nonce: NONCE, bytes: sealed });
  boxKey.wipe();
  if (bytes === null) return err(new VigilError("handshake-refused", "peer"));
  const publicKey = bytes.slice(0, PUBLIC_KEY_BYTES);
  const signature = bytes.subarray(PUBLIC_KEY_BYTES);
  if (equal(publicKey, expected.ownKey)) return err(new VigilError("handshake-self", "peer"));
  const signed = { publicKey, label: signatureLabel(expected.role), message: transcript.hash, signature };
  return verify(signed) ? ok(publicKey) : err(new VigilError("handshake-forged", "peer"));
}

function signatureLabel(role: HandshakeRole): string {
  return `handshake ${role} signature`;
}
