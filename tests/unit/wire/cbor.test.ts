import { describe, expect, it } from "vitest";
import { toHex } from "../../../core/base/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../core/wire/cbor.ts";

const limits = { maxBytes: 1000 };

function decodeHex(hex: string, more: object = {}): unknown {
  const decoded = decodeCbor(Uint8Array.from(Buffer.from(hex, "hex")), { ...limits, ...more });
  return decoded.ok ? decoded.value : decoded.error.code;
}

describe("deterministic CBOR", () => {
  it.each([
    [0, "00"],
    [23, "17"],
    [24, "1818"],
    [-1, "20"],
    [1_700_000_000_000, "1b0000018bcfe56800"],
    [Number.MAX_SAFE_INTEGER, "1b001fffffffffffff"],
    [Number.MIN_SAFE_INTEGER, "3b001ffffffffffffe"],
    ["ü", "62c3bc"],
    [true, "f5"],
    [null, "f6"],
    [Uint8Array.of(1, 2), "420102"],
    [[1, [2, "a"]], "8201820261" + "61"],
    [
      new Map<string | number, number>([
        ["aa", 1],
        [10, 2],
        ["b", 3],
      ]),
      "a30a0261620362616101",
    ],
  ])("writes and reads %s", (value, hex) => {
    expect(toHex(encodeCbor(value))).toBe(hex);
    expect(decodeHex(hex)).toEqual(value);
  });

  it.each([
    ["nothing", ""],
    ["a number not in shortest form", "1800"],
    ["a length not in shortest form", "5801ff"],
    ["an indefinite array", "9f01ff"],
    ["indefinite bytes", "5f4101ff"],
    ["a tag", "c000"],
    ["half floats", "f93c00"],
    ["double floats", "fb3ff0000000000000"],
    ["undefined", "f7"],
    ["other simple values", "e0"],
    ["long simple values", "f8ff"],
    ["integers beyond 2^53 - 1", "1b0020000000000000"],
    ["negative integers beyond -(2^53 - 1)", "3b001fffffffffffff"],
    ["something after the item", "0000"],
    ["a truncated array", "8201"],
    ["truncated bytes", "4201"],
    ["a text that is not UTF-8", "61ff"],
    ["duplicate keys", "a2010201" + "03"],
    ["unsorted keys", "a2020101" + "01"],
    ["byte-string keys", "a1410101"],
    ["null keys", "a1f601"],
    ["a huge length", "5bffffffffffffffff"],
    ["a huge array", "9b7fffffffffffffff"],
  ])("refuses %s", (_, hex) => expect(decodeHex(hex)).toBe("cbor-invalid"));

  it("refuses what is too deep, too many and too long", () => {
    expect(decodeHex("81".repeat(8) + "01")).toEqual([[[[[[[[1]]]]]]]]);
    expect(decodeHex("81".repeat(9) + "01")).toBe("cbor-invalid");
    expect(decodeHex("8101", { maxDepth: 0 })).toBe("cbor-invalid");
    expect(decodeHex("820101", { maxItems: 3 })).toEqual([1, 1]);
    expect(decodeHex("820101", { maxItems: 2 })).toBe("cbor-invalid");
    expect(decodeHex("820101", { maxBytes: 2 })).toBe("cbor-invalid");
  });

  it.each([[undefined], [1.5], [2 ** 53], [10n], [{}], [new Date()], [new Map([[true, 1]])], [[[[[[[[[[[1]]]]]]]]]]]])(
    "does not write %s",
    (value) => expect(() => encodeCbor(value)).toThrow("not encodable"),
  );
});
