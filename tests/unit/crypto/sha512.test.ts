import { afterEach, describe, expect, it } from "vitest";
import { adoptSha512, ownSha512, sha512, type Sha512 } from "../../../core/crypto/sha512.ts";
import { platformSha512 } from "../../../electron/host/platform-crypto.ts";
import { seededRandom } from "../../support/seeded-random.ts";

afterEach(() => void adoptSha512(ownSha512));

describe("SHA-512", () => {
  it("is the same in both implementations, at every length around a block", () => {
    const random = seededRandom(5);
    for (const length of [0, 1, 63, 64, 111, 112, 127, 128, 129, 255, 256, 5_000]) {
      const data = random.bytes(length);
      expect(platformSha512(data)).toEqual(ownSha512(data));
    }
  });

  it("gives bytes that are the caller's to change", () => {
    adoptSha512(platformSha512);
    const first = sha512(Uint8Array.of(1));
    const before = first.slice();
    first.fill(0);
    expect(sha512(Uint8Array.of(1))).toEqual(before);
    expect(first.byteOffset).toBe(0);
    expect(first.buffer.byteLength).toBe(64);
  });

  it.each<[what: string, implementation: Sha512]>([
    ["gives something else", () => new Uint8Array(64)],
    ["gives too little", (data) => ownSha512(data).slice(0, 32)],
    [
      "throws",
      () => {
        throw new Error("unknown algorithm");
      },
    ],
  ])("that %s is not taken", (_, implementation) => {
    expect(adoptSha512(implementation)).toBe(false);
    expect(sha512(Uint8Array.of(7))).toEqual(ownSha512(Uint8Array.of(7)));
  });
});
