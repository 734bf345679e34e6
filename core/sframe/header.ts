import { err, ok, type Result } from "../base/result.ts";
import { openError, type OpenError } from "./errors.ts";

const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

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

/** Up to this length a field is counted in plain numbers, which are many times faster than big ones. */
const PLAIN_BYTES = 6;
const PLAIN_LIMIT = 2n ** 48n;

function bytesFor(value: bigint): number {
  if (value < PLAIN_LIMIT) {
    let plain = 1;
    for (let rest = Number(value); rest >= 256; rest /= 256) plain++;
    return plain;
  }
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
  if (length <= PLAIN_BYTES) {
    // The array takes the lowest eight bits of what is written to it.
    for (let index = end - 1, rest = Number(value); index >= end - length; index--, rest = Math.floor(rest / 256))
      into[index] = rest;
    return;
  }
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
  if (length <= PLAIN_BYTES) {
    let plain = 0;
    for (let index = start; index < start + length; index++) plain = plain * 256 + (bytes[index] ?? 0);
    return BigInt(plain);
  }
  let value = 0n;
  for (let index = start; index < start + length; index++) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return value;
}

/** Whether a field of this length needs it: no leading zero byte, and nothing that the config byte itself could say. */
function isShortest(first: number, length: number): boolean {
  return length === 0 || (length === 1 ? first >= 8 : first > 0);
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
  const countStart = offset + 1 + keyLength;
  if (!isShortest(bytes[offset + 1] ?? 0, keyLength) || !isShortest(bytes[countStart] ?? 0, countLength)) {
    return err(openError("sframe-malformed"));
  }
  const keyId = keyLength === 0 ? BigInt(keyNibble) : read(bytes, offset + 1, keyLength);
  const counter = countLength === 0 ? BigInt(countNibble) : read(bytes, countStart, countLength);
  return ok({ keyId, counter, length });
}
