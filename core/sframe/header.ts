import { err, ok, type Result } from "../base/result.ts";
import { openError, type OpenError } from "./errors.ts";

const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;
/** The config byte, then up to eight bytes each of key id and counter (RFC 9605, section 4.3). */
export const MAX_HEADER_BYTES = 17;

export interface Header {
  /** KID: which key, 64 bits. */
  readonly keyId: bigint;
  /** CTR: 64 bits. */
  readonly counter: bigint;
}

export interface DecodedHeader extends Header {
  /** Bytes that the header takes. */
  readonly length: number;
}

function bytesFor(value: bigint): number {
  let bytes = 1;
  for (let rest = value >> 8n; rest > 0n; rest >>= 8n) bytes++;
  return bytes;
}

/** Values up to 7 stand in the config byte itself; longer ones follow it, and the field says their length less one. */
function field(value: bigint): { readonly nibble: number; readonly length: number } {
  if (value < 8n) return { nibble: Number(value), length: 0 };
  const length = bytesFor(value);
  return { nibble: 8 | (length - 1), length };
}

function write(into: Uint8Array, end: number, value: bigint, length: number): void {
  let rest = value;
  for (let index = end - 1; index >= end - length; index--) {
    into[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

/** Encodes the header in its only valid, shortest form. Throws a RangeError for values beyond 64 bits: a defect of the caller. */
export function encodeHeader({ keyId, counter }: Header): Uint8Array<ArrayBuffer> {
  if (keyId < 0n || keyId > MAX_UINT64 || counter < 0n || counter > MAX_UINT64) throw new RangeError("sframe header");
  const key = field(keyId);
  const count = field(counter);
  const bytes = new Uint8Array(1 + key.length + count.length);
  bytes[0] = (key.nibble << 4) | count.nibble;
  write(bytes, 1 + key.length, keyId, key.length);
  write(bytes, bytes.length, counter, count.length);
  return bytes;
}

function read(bytes: Uint8Array, start: number, length: number): bigint {
  let value = 0n;
  for (let index = start; index < start + length; index++) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return value;
}

/** Reads a header at `offset`. Refuses one that is cut or longer than it need be, so that each header has one spelling. */
export function decodeHeader(bytes: Uint8Array, offset = 0): Result<DecodedHeader, OpenError> {
  const config = bytes[offset];
  if (config === undefined) return err(openError("sframe-malformed"));
  const keyNibble = config >> 4;
  const countNibble = config & 0x0f;
  const keyLength = keyNibble < 8 ? 0 : (keyNibble & 7) + 1;
  const countLength = countNibble < 8 ? 0 : (countNibble & 7) + 1;
  const length = 1 + keyLength + countLength;
  if (bytes.length - offset < length) return err(openError("sframe-malformed"));
  const keyId = keyLength === 0 ? BigInt(keyNibble) : read(bytes, offset + 1, keyLength);
  const counter = countLength === 0 ? BigInt(countNibble) : read(bytes, offset + 1 + keyLength, countLength);
  if (field(keyId).length !== keyLength || field(counter).length !== countLength) {
    return err(openError("sframe-malformed"));
  }
  return ok({ keyId, counter, length });
}
