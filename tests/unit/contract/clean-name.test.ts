import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanName } from "../../../core/contract/clean-name.ts";

/** What the rules are about, close together. */
const awkward = fc.constantFrom("a", " ", "\u200d", "\u200c", "\u0301", "👩", "\u202e", "\t", "ی", "x".repeat(20));

describe("cleanName", () => {
  it("keeps an ordinary name as it is", () => {
    for (const name of ["Ada", "Dolores Ibárruri", "نازنین زاغری", "می‌خواهم", "李", "👩‍👩‍👧"])
      expect(cleanName(name)).toBe(name);
  });

  it("takes out control and direction-override characters", () => {
    expect(cleanName("A\u0000d\u202ea\u2066\u2069\u200f\u061c\u0007")).toBe("Ada");
  });

  it("makes single spaces of tabs, line breaks and runs of spaces, and trims", () => {
    expect(cleanName("  Ada\t\n  Lovelace\u2028 ")).toBe("Ada Lovelace");
  });

  it("is empty for a name of nothing but such characters", () => {
    expect(cleanName(" \u202e\u200b\ufeff ")).toBe("");
  });

  it("cuts 10,000 characters to 64", () => {
    expect(cleanName("x".repeat(10_000))).toBe("x".repeat(64));
  });

  it("keeps the joiners that Persian and emoji are written with, and drops those that join nothing", () => {
    expect(cleanName("می\u200cخواهم")).toBe("می\u200cخواهم");
    expect(cleanName("👩\u200d🚀")).toBe("👩\u200d🚀");
    expect(cleanName("\u200cAnna\u200d \u200d Lee")).toBe("Anna Lee");
  });

  it("does not let combining marks climb over other lines", () => {
    expect(cleanName(`e${"\u0301".repeat(40)}`)).toBe(`e${"\u0301".repeat(3)}`);
  });

  it("cuts between whole characters, never inside one", () => {
    expect(cleanName(`${"x".repeat(60)}👩‍👩‍👧`)).toBe("x".repeat(60));
  });

  it("drops halves of surrogate pairs", () => {
    expect(cleanName("A\ud83dda")).toBe("Ada");
  });

  it("gives a name that the contract takes, and the same again when cleaned twice", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ unit: awkward })), (typed) => {
        const name = cleanName(typed);
        expect(name.length).toBeLessThanOrEqual(64);
        expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(cleanName(name)).toBe(name);
      }),
    );
  });
});
