import { fromHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import type { Fingerprint } from "../contract/parts.ts";

/** The 32 bytes of a fingerprint, which the contract has already checked to be 64 hex digits. */
export function fingerprintBytes(fingerprint: Fingerprint): Uint8Array {
  const bytes = fromHex(fingerprint);
  if (bytes === null) throw new VigilError("fingerprint-malformed", "defect");
  return bytes;
}
