import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adoptEd25519, nobleEd25519 } from "../../core/crypto/ed25519.ts";
import { verifyRaw } from "../../core/crypto/signing.ts";
import { platformEd25519 } from "../../electron/host/platform-ed25519.ts";
import { hex, wycheproof } from "./outside.ts";

interface Group {
  readonly publicKey: { readonly pk: string };
  readonly tests: readonly { tcId: number; comment: string; msg: string; sig: string; result: string }[];
}

const groups = wycheproof<Group>("ed25519");

describe.skipIf(groups === null).each([
  ["the platform's", platformEd25519],
  ["noble's", nobleEd25519],
])("Wycheproof for %s Ed25519 (../shared/vectors)", (_, implementation) => {
  beforeAll(() => expect(adoptEd25519(implementation)).toBe(true));
  afterAll(() => void adoptEd25519(nobleEd25519));
  const cases = (groups ?? []).flatMap((group) => group.tests.map((test) => ({ ...test, pk: group.publicKey.pk })));

  it("has all cases", () => expect(cases.length).toBe(151));

  it.each(cases)("case $tcId is $result: $comment", ({ pk, msg, sig, result }) => {
    expect(verifyRaw(hex(pk), hex(msg), hex(sig))).toBe(result === "valid");
  });
});
