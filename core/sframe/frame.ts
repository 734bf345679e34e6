import { err, ok, type Result } from "../base/result.ts";
import { gcmOpen, gcmSeal } from "../crypto/aead.ts";
import { openError, type OpenError } from "./errors.ts";
import { encodeHeader, type DecodedHeader } from "./header.ts";
import { nonceFor, type FrameKeys } from "./key-schedule.ts";
import { TAG_BYTES } from "./suites.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const NONE: Bytes = new Uint8Array(0);

/**
 * Seals one frame: clear bytes, header, ciphertext, tag. The first `clearBytes` stay readable but are authenticated
 * (the `metadata` of RFC 9605, section 4.4.3). Whoever calls this never gives one counter twice: see `Sealer`.
 */
export async function sealFrame(keys: FrameKeys, counter: bigint, frame: Bytes, clearBytes: number): Promise<Bytes> {
  const clear = clearBytes === 0 ? NONE : frame.subarray(0, clearBytes);
  const header = encodeHeader({ keyId: keys.keyId, counter });
  const sealed = await gcmSeal(keys.key, {
    nonce: nonceFor(keys, counter),
    additionalData: keys.scratch.additionalData(header, clear),
    bytes: clear.length === 0 ? frame : frame.subarray(clear.length),
  });
  const out = new Uint8Array(clear.length + header.length + sealed.byteLength);
  out.set(clear);
  out.set(header, clear.length);
  out.set(new Uint8Array(sealed), clear.length + header.length);
  return out;
}

/** Opens one frame whose header was decoded at `clearBytes`. Gives the clear bytes and the plaintext, joined. */
export async function openFrame(
  keys: FrameKeys,
  header: DecodedHeader,
  frame: Bytes,
  clearBytes: number,
): Promise<Result<Bytes, OpenError>> {
  const bodyStart = clearBytes + header.length;
  if (frame.length - bodyStart < TAG_BYTES) return err(openError("sframe-malformed"));
  const clear = clearBytes === 0 ? NONE : frame.subarray(0, clearBytes);
  const plaintext = await gcmOpen(keys.key, {
    nonce: nonceFor(keys, header.counter),
    additionalData: keys.scratch.additionalData(frame.subarray(clearBytes, bodyStart), clear),
    bytes: frame.subarray(bodyStart),
  });
  if (plaintext === null) return err(openError("sframe-unopenable"));
  if (clearBytes === 0) return ok(plaintext);
  const out = new Uint8Array(clear.length + plaintext.length);
  out.set(clear);
  out.set(plaintext, clear.length);
  return ok(out);
}
