import { describe, expect, it } from "vitest";
import { cleanName, cleanText } from "../../../core/meeting/names.ts";

const OVERRIDE = "\u202e";

describe("cleanName", () => {
  it("takes direction overrides and control characters out", () => {
    expect(cleanName(`An${OVERRIDE}na\u0000\u2066\u200f`)).toBe("Anna");
  });

  it("makes one line of several and trims", () => {
    expect(cleanName("  Anna \n\t Lee\u2028 ")).toBe("Anna Lee");
  });

  it("cuts 10,000 characters to 64 and halves no surrogate pair", () => {
    expect(cleanName("a".repeat(10_000))).toHaveLength(64);
    expect(cleanName(`${"a".repeat(63)}😀`)).toBe("a".repeat(63));
  });

  it("keeps the joiners that Persian and emoji are written with, and drops idle ones", () => {
    expect(cleanName("می\u200cخواهم")).toBe("می\u200cخواهم");
    expect(cleanName("👩\u200d🚀")).toBe("👩\u200d🚀");
    expect(cleanName("\u200cAnna\u200d")).toBe("Anna");
  });

  it("does not let combining marks climb over other lines", () => {
    expect(cleanName(`e${"\u0301".repeat(40)}`)).toBe(`e${"\u0301".repeat(3)}`);
  });
});

describe("cleanText", () => {
  it("keeps line breaks and drops what reverses or hides text", () => {
    expect(cleanText(`one\r\ntwo${OVERRIDE}`, 100)).toBe("one\ntwo");
  });
});
