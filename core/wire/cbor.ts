import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { type CborLimits, scanCbor } from "./cbor-scan.ts";

/** What a decoded item can be. Numbers are safe integers; map keys are text or integers. */
export type Cbor = number | string | boolean | null | Uint8Array | readonly Cbor[] | ReadonlyMap<string | number, Cbor>;

/** Encodes in the one deterministic form of RFC 8949, section 4.2.1. Throws `cbor-unsupported` for any value that `Cbor` has no place for. */
export function encodeCbor(value: unknown): Uint8Array<ArrayBuffer> {
  assertSupported(value, 0);
  return encode(value, rfc8949EncodeOptions).slice();
}

function assertSupported(value: unknown, depth: number): void {
  if (depth > 8) throw unsupported("depth");
  if (value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Uint8Array) return;
  if (typeof value === "number" && Number.isSafeInteger(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) assertSupported(item, depth + 1);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      if (typeof key !== "string" && typeof key !== "number") throw unsupported("map key");
      assertSupported(key, depth + 1);
      assertSupported(item, depth + 1);
    }
  } else throw unsupported(typeof value);
}

function unsupported(what: string): VigilError {
  return new VigilError("cbor-unsupported", "defect", { message: `not encodable: ${what}` });
}

const decodeOptions = {
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
} as const;

/**
 * Decodes exactly one item in deterministic form, within the limits; `cbor-invalid` for anything else.
 * Refused: indefinite lengths, tags, floats, undefined, integers beyond 2^53 - 1, duplicate or unsorted keys, keys that are neither text nor integers, text that is not UTF-8.
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits): Result<Cbor, VigilError<"cbor-invalid">> {
  const scanned = bytes.length > limits.maxBytes ? "refused" : scanCbor(bytes, limits);
  if (scanned === "refused") return err(invalid());
  try {
    const value = decode(bytes, decodeOptions) as Cbor;
    return scanned === "deterministic" || sameBytes(encodeCbor(value), bytes) ? ok(value) : err(invalid());
  } catch (cause) {
    return err(invalid(cause));
  }
}

function invalid(cause?: unknown): VigilError<"cbor-invalid"> {
  return new VigilError("cbor-invalid", "peer", { cause });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
