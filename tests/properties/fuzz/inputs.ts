import { seededRandom } from "../../support/seeded-random.ts";

const NIGHT = process.env["npm_lifecycle_event"] === "fuzz";
/** How many inputs each decoder gets: 20,000 in every run of the tests, a million in `npm run fuzz`, or as many as `VIGIL_FUZZ` says. */
export const INPUTS = Number(process.env["VIGIL_FUZZ"] ?? (NIGHT ? 1_000_000 : 20_000));
/** A run with a number of its own gets inputs of its own. */
const SEED = Number(process.env["VIGIL_FUZZ_SEED"] ?? 1);

/** Whole numbers below a limit, the same in every run for one seed. */
function dice(seed: number): (limit: number) => number {
  const random = seededRandom(seed);
  let pool = random.bytes(4096);
  let used = 0;
  return (limit) => {
    if (used + 4 > pool.length) {
      pool = random.bytes(4096);
      used = 0;
    }
    const [a = 0, b = 0, c = 0, d = 0] = pool.subarray(used, used + 4);
    used += 4;
    return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % limit;
  };
}

/** Bytes that decoders trip over: lengths, ends of ranges, heads of CBOR items without end, of great ones, of tags and floats. */
const TELLING = [0x00, 0x01, 0x17, 0x18, 0x1b, 0x3b, 0x5b, 0x5f, 0x7f, 0x80, 0x9b, 0x9f, 0xbf, 0xc0, 0xf7, 0xfb, 0xff];

/** Hands `INPUTS` byte strings to `take`: random ones, and good ones with a few bytes set, cut, put in, repeated or joined. */
export function forBytes(
  good: readonly Uint8Array[],
  take: (input: Uint8Array<ArrayBuffer>) => void,
  inputs = INPUTS,
): void {
  const roll = dice(SEED);
  const byte = (): number => (roll(3) === 0 ? (TELLING[roll(TELLING.length)] ?? 0) : roll(256));
  const random = (): number[] => Array.from({ length: roll(80) }, byte);
  for (let input = 0; input < inputs; input++) {
    let bytes = roll(6) === 0 ? random() : [...(good[roll(good.length)] ?? [])];
    for (let edits = roll(4); edits > 0; edits--) bytes = edited(bytes, { roll, byte });
    take(Uint8Array.from(bytes));
  }
}

interface Chance {
  readonly roll: (limit: number) => number;
  readonly byte: () => number;
}

function edited(bytes: number[], { roll, byte }: Chance): number[] {
  const at = roll(bytes.length + 1);
  switch (roll(6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return [...bytes.slice(0, at), byte(), ...bytes.slice(at)];
    case 2:
      return [...bytes.slice(0, at), ...bytes.slice(at + 1 + roll(8))];
    case 3:
      return [...bytes.slice(0, at), ...bytes.slice(at, at + roll(40)), ...bytes.slice(at)];
    default:
      return bytes.map((value, place) => (place === at ? byte() : value));
  }
}

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  NaN,
  Infinity,
  2 ** 53,
  "",
  "\u0000",
  "__proto__",
  [],
  {},
  undefined,
];

/** Hands `INPUTS` values to `take`: good ones with some of their parts changed, left out, doubled or put deep into others. */
export function forValues(good: readonly unknown[], take: (input: unknown) => void): void {
  const roll = dice(SEED);
  for (let input = 0; input < INPUTS; input++) take(altered(good[roll(good.length)], roll));
}

function altered(value: unknown, roll: (limit: number) => number): unknown {
  if (roll(6) === 0) return roll(20) === 0 ? nested(roll(2_000)) : ODD[roll(ODD.length)];
  if (typeof value === "string") return value.slice(0, roll(value.length + 1)) + (roll(3) === 0 ? "\ud800x" : "");
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown): unknown[] => (roll(8) === 0 ? [item, item] : [altered(item, roll)]));
  }
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value).filter(() => roll(12) !== 0);
  const changed = parts.map(([name, part]): [string, unknown] => [name, roll(3) === 0 ? altered(part, roll) : part]);
  return Object.fromEntries(roll(10) === 0 ? [...changed, ["more", 1]] : changed);
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
