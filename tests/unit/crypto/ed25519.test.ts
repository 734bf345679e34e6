import { afterEach, describe, expect, it } from "vitest";
import { adoptEd25519, ed25519, nobleEd25519, type Ed25519 } from "../../../core/crypto/ed25519.ts";
import { platformEd25519 } from "../../../electron/host/platform-ed25519.ts";
import { seededRandom } from "../../support/seeded-random.ts";

afterEach(() => void adoptEd25519(nobleEd25519));

describe("Ed25519", () => {
  const random = seededRandom(8);

  it("is the same in both implementations, and each knows the other's", () => {
    for (let round = 0; round < 20; round++) {
      const seed = random.bytes(32);
      const message = random.bytes(round * 7);
      const publicKey = platformEd25519.publicKey(seed);
      const signature = platformEd25519.sign(message, seed);
      expect(publicKey).toEqual(nobleEd25519.publicKey(seed));
      expect(signature).toEqual(nobleEd25519.sign(message, seed));
      for (const implementation of [platformEd25519, nobleEd25519]) {
        expect(implementation.verify(message, signature, publicKey)).toBe(true);
        expect(implementation.verify(Uint8Array.of(...message, 1), signature, publicKey)).toBe(false);
      }
    }
  });

  it.each([
    [0, 32],
    [64, 0],
    [64, 31],
    [63, 32],
    [65, 33],
  ])("of a signature of %i bytes and a key of %i does not hold, in either", (signatureBytes, keyBytes) => {
    for (const implementation of [platformEd25519, nobleEd25519]) {
      const holds = implementation.verify(random.bytes(5), random.bytes(signatureBytes), random.bytes(keyBytes));
      expect(holds).toBe(false);
    }
  });

  const broken: readonly (readonly [what: string, implementation: Ed25519])[] = [
    ["makes other keys", { ...nobleEd25519, publicKey: () => new Uint8Array(32) }],
    ["makes other signatures", { ...nobleEd25519, sign: () => new Uint8Array(64) }],
    ["takes everything", { ...nobleEd25519, verify: () => true }],
    ["takes nothing", { ...nobleEd25519, verify: () => false }],
    [
      "throws",
      {
        ...nobleEd25519,
        sign: () => {
          throw new Error("unknown algorithm");
        },
      },
    ],
  ];

  it.each(broken)("that %s is not taken", (_, implementation) => {
    const before = ed25519.sign(Uint8Array.of(1), new Uint8Array(32));
    expect(adoptEd25519(implementation)).toBe(false);
    expect(ed25519.sign(Uint8Array.of(1), new Uint8Array(32))).toEqual(before);
  });
});
