import { describe, expect, it } from "vitest";
import { verifyRaw } from "../../core/crypto/signing.ts";
import { hex, wycheproof } from "./outside.ts";

interface Group {
  readonly publicKey: { readonly pk: string };
  readonly tests: readonly { tcId: number; comment: string; msg: string; sig: string; result: string }[];
}

const groups = wycheproof<Group>("ed25519");

describe.skipIf(groups === null)("Wycheproof Ed25519 (../shared/vectors)", () => {
  const cases = (groups ?? []).flatMap((group) => group.tests.map((test) => ({ ...test, pk: group.publicKey.pk })));

  it("has all cases", () => expect(cases.length).toBe(151));

  it.each(cases)("case $tcId is $result: $comment", ({ pk, msg, sig, result }) => {
    expect(verifyRaw(hex(pk), hex(msg), hex(sig))).toBe(result === "valid");
  });
});
