// Arithmetic on encodings that TweetNaCl leaves out: RFC 8032, section 5.1.3 and 5.1.7.

/** 2^255 - 19, little-endian. */
const FIELD = Uint8Array.from([0xed, ...new Array<number>(30).fill(0xff), 0x7f]);
/** The order of the base point, little-endian. */
const ORDER = Uint8Array.from([
  0xed,
  0xd3,
  0xf5,
  0x5c,
  0x1a,
  0x63,
  0x12,
  0x58,
  0xd6,
  0x9c,
  0xf7,
  0xa2,
  0xde,
  0xf9,
  0xde,
  0x14,
  ...new Array<number>(15).fill(0),
  0x10,
]);

/** The y coordinates of the points whose order divides 8, little-endian, sign bit clear. */
const SMALL_ORDER_Y = [
  Uint8Array.from([0x00, ...new Array<number>(31).fill(0)]),
  Uint8Array.from([0x01, ...new Array<number>(31).fill(0)]),
  Uint8Array.from([0xec, ...new Array<number>(30).fill(0xff), 0x7f]),
  Uint8Array.from([
    0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
    0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
  ]),
  Uint8Array.from([
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
    0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
  ]),
];

function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  for (let index = 31; index >= 0; index--) {
    const difference = (value[index] ?? 0) - (bound[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < 32; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** Whether the 32 bytes are the one spelling of their y coordinate, and of a point whose order does not divide 8. */
export function isStrictPoint(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = bytes.slice();
  y[31] = (y[31] ?? 0) & 0x7f;
  return isBelow(y, FIELD) && !SMALL_ORDER_Y.some((small) => isEqual(small, y));
}

/** Whether the 32 bytes are a scalar below the group's order: a signature's S in its only form. */
export function isStrictScalar(bytes: Uint8Array): boolean {
  return bytes.length === 32 && isBelow(bytes, ORDER);
}
