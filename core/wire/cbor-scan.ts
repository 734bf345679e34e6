// A walk over CBOR (RFC 8949) that allocates nothing: what it lets through is small, shallow and in shortest form.

export interface CborLimits {
  readonly maxBytes: number;
  /** Arrays and maps inside each other; 8 unless told. */
  readonly maxDepth?: number;
  /** Items in all, the containers and map keys counted; 4,096 unless told. */
  readonly maxItems?: number;
}

const MAJOR_NEGATIVE = 1;
const MAJOR_BYTES = 2;
const MAJOR_TEXT = 3;
const MAJOR_ARRAY = 4;
const MAJOR_MAP = 5;
const MAJOR_TAG = 6;
const MAJOR_SIMPLE = 7;
/** false, true and null: the only simple values of this protocol. */
const SIMPLE_VALUES = new Set([0xf4, 0xf5, 0xf6]);
/** Extra length bytes by additional information 24 to 27, and the smallest value that needs them. */
const LENGTHS = [
  { bytes: 1, least: 24 },
  { bytes: 2, least: 0x100 },
  { bytes: 4, least: 0x1_0000 },
  { bytes: 8, least: 0x1_0000_0000 },
] as const;

interface Head {
  readonly major: number;
  readonly argument: number;
  readonly next: number;
}

function readHead(bytes: Uint8Array, offset: number): Head | null {
  const first = bytes[offset];
  if (first === undefined) return null;
  const major = first >> 5;
  const information = first & 31;
  if (information < 24) return { major, argument: information, next: offset + 1 };
  const length = LENGTHS[information - 24];
  if (length === undefined || offset + 1 + length.bytes > bytes.length) return null;
  let argument = 0;
  for (let index = 1; index <= length.bytes; index++) argument = argument * 256 + (bytes[offset + index] ?? 0);
  if (argument < length.least || argument > Number.MAX_SAFE_INTEGER) return null;
  return { major, argument, next: offset + 1 + length.bytes };
}

/**
 * What the bytes are. `deterministic`: exactly one CBOR item of the allowed kinds, in shortest form and within the limits, and
 * nothing in it has another spelling. `shortest`: the same, but the order of its map keys and its UTF-8 are still to be looked at.
 */
export type Scanned = "refused" | "shortest" | "deterministic";

/** Walks over the bytes once. */
export function scanCbor(bytes: Uint8Array, limits: CborLimits): Scanned {
  const maxDepth = limits.maxDepth ?? 8;
  let itemsLeft = limits.maxItems ?? 4096;
  /** Items still to come in each open container. */
  const open: number[] = [1];
  let offset = 0;
  let scanned: Scanned = "deterministic";
  while (open.length > 0) {
    const left = open.pop() ?? 0;
    if (left === 0) continue;
    open.push(left - 1);
    const head = itemsLeft-- > 0 ? readHead(bytes, offset) : null;
    if (head === null) return "refused";
    const { major, argument } = head;
    offset = head.next;
    // -1 - argument would be no safe integer.
    if (major === MAJOR_NEGATIVE && argument === Number.MAX_SAFE_INTEGER) return "refused";
    if (major === MAJOR_TAG) return "refused";
    if (major === MAJOR_TEXT || major === MAJOR_MAP) scanned = "shortest";
    if (major === MAJOR_SIMPLE && !SIMPLE_VALUES.has(bytes[offset - 1] ?? 0)) return "refused";
    if (major === MAJOR_BYTES || major === MAJOR_TEXT) {
      if (argument > bytes.length - offset) return "refused";
      offset += argument;
    }
    if (major === MAJOR_ARRAY || major === MAJOR_MAP) {
      const children = major === MAJOR_MAP ? argument * 2 : argument;
      if (children > itemsLeft || open.length > maxDepth) return "refused";
      open.push(children);
    }
  }
  return offset === bytes.length ? scanned : "refused";
}
