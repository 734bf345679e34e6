import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../core/base/bytes.ts";
import { decodeHeader, encodeHeader } from "../../../core/sframe/header.ts";
import { epochOf, keyIdOf } from "../../../core/sframe/key-id.ts";

function decode(hex: string, offset = 0) {
  return decodeHeader(fromHex(hex) ?? new Uint8Array(0), offset);
}

describe("SFrame header", () => {
  test.each([
    ["empty", ""],
    ["key id cut", "a00100"],
    ["counter cut", "1b010000"],
    ["key id that would fit the config byte", "8007"],
    ["key id with a leading zero byte", "90000a"],
    ["counter that would fit the config byte", "0807"],
    ["counter with a leading zero byte", "0900ff"],
  ])("refuses %s", (_name, hex) => {
    const decoded = decode(hex);
    expect(decoded.ok || decoded.error.code).toBe("sframe-malformed");
  });

  test("is read at an offset, and what follows is left alone", () => {
    expect(decode("ffff99ffffffffaabb", 2)).toEqual({ ok: true, value: { keyId: 65535n, counter: 65535n, length: 5 } });
  });

  test("refuses to write values beyond 64 bits", () => {
    expect(() => encodeHeader({ keyId: 1n << 64n, counter: 0n })).toThrow(RangeError);
    expect(() => encodeHeader({ keyId: 0n, counter: -1n })).toThrow(RangeError);
  });

  test("a key id is epoch and index, and fits six bytes at most", () => {
    const keyId = keyIdOf(0xffff_ffff, 0xffff);
    expect(toHex(encodeHeader({ keyId, counter: 0n }))).toBe("d0ffffffffffff");
    expect(epochOf(keyId)).toBe(0xffff_ffff);
    expect(keyIdOf(3, 7)).toBe(0x30007n);
  });
});
