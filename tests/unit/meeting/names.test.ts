import { describe, expect, it } from "vitest";
import { cleanText } from "../../../core/meeting/names.ts";

const OVERRIDE = "\u202e";

describe("cleanText", () => {
  it("keeps line breaks and drops what reverses or hides text", () => {
    expect(cleanText(`one\r\ntwo${OVERRIDE}`, 100)).toBe("one\ntwo");
  });
});
