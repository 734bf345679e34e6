import type { Cbor } from "./cbor.ts";

// Readers of decoded items: the value if it is what was asked for, else null.

export function readArray(value: Cbor | undefined, limits: { min: number; max: number }): readonly Cbor[] | null {
  if (!isArray(value)) return null;
  return value.length >= limits.min && value.length <= limits.max ? value : null;
}

function isArray(value: Cbor | undefined): value is readonly Cbor[] {
  return Array.isArray(value);
}

/** Byte strings of exactly `length` bytes. */
export function readBytes(value: Cbor | undefined, length: number): Uint8Array | null {
  return value instanceof Uint8Array && value.length === length ? value : null;
}

/** Byte strings of 0 to `max` bytes. */
export function readBytesUpTo(value: Cbor | undefined, max: number): Uint8Array | null {
  return value instanceof Uint8Array && value.length <= max ? value : null;
}

/** Whole numbers from 0 to `max`. */
export function readCount(value: Cbor | undefined, max = Number.MAX_SAFE_INTEGER): number | null {
  return typeof value === "number" && value >= 0 && value <= max ? value : null;
}

/** Text of 0 to `max` UTF-16 units. */
export function readText(value: Cbor | undefined, max: number): string | null {
  return typeof value === "string" && value.length <= max ? value : null;
}
