import { describe, expect, it } from "vitest";
import { toHex } from "../../core/base/bytes.ts";
import { agree } from "../../core/crypto/agree.ts";
import { hex, wycheproof } from "./outside.ts";

interface Group {
  readonly tests: readonly {
    tcId: number;
    comment: string;
    flags: readonly string[];
    public: string;
    private: string;
    shared: string;
  }[];
}

const groups = wycheproof<Group>("x25519");

/**
 * How the result classes are treated: every "valid" case must give its shared secret. Of the "acceptable" ones,
 * those whose shared secret is all zero (`ZeroSharedSecret`: public keys of small order) must be refused;
 * twists and non-canonical public keys must give exactly the secret that RFC 7748 defines.
 */
describe.skipIf(groups === null)("Wycheproof X25519 (../shared/vectors)", () => {
  const cases = (groups ?? []).flatMap((group) => group.tests);

  it("has all cases", () => expect(cases.length).toBe(518));

  it.each(cases)("case $tcId $flags $comment", (test) => {
    const agreed = agree(hex(test.private), hex(test.public));
    const shared = agreed === null ? null : toHex(agreed.reveal());
    expect(shared).toBe(test.flags.includes("ZeroSharedSecret") ? null : test.shared);
  });
});
