import { ed25519 } from "../../../core/crypto/ed25519.ts";
import { expect, test, vi } from "vitest";
import { SigningKey, verify } from "../../../core/crypto/signing.ts";
import { digestOf, MAX_REMEMBERED, VerifiedSignatures } from "../../../core/crypto/verified.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const message = new Uint8Array([1, 2, 3]);

/** A signature that this process has not made, so that it is not known to hold. */
function foreign(): { publicKey: Uint8Array; signature: Uint8Array } {
  const seed = seededRandom(99).bytes(32);
  return { publicKey: ed25519.publicKey(seed), signature: ed25519.sign(new Uint8Array(0), seed) };
}

test("one's own signature is not computed again, and holds for nothing but its own message, label and key", () => {
  const compute = vi.spyOn(ed25519, "verify");
  const key = SigningKey.generate(seededRandom(1));
  const other = SigningKey.generate(seededRandom(2));
  const signature = key.sign("label", message);
  const signed = { publicKey: key.publicKey, label: "label", message, signature };
  expect(verify(signed)).toBe(true);
  expect(compute).not.toHaveBeenCalled();
  expect(verify({ ...signed, label: "other" })).toBe(false);
  expect(verify({ ...signed, message: new Uint8Array([1, 2, 4]) })).toBe(false);
  expect(verify({ ...signed, publicKey: other.publicKey })).toBe(false);
  expect(compute).toHaveBeenCalledTimes(3);
  compute.mockRestore();
});

test("what does not hold is computed each time and never held for good", () => {
  const compute = vi.spyOn(ed25519, "verify");
  const { publicKey, signature } = foreign();
  for (let round = 0; round < 3; round++) expect(verify({ publicKey, label: "label", message, signature })).toBe(false);
  expect(compute).toHaveBeenCalledTimes(3);
  compute.mockRestore();
});

test("the oldest is forgotten first, and memory stays bounded", () => {
  const remembered = new VerifiedSignatures();
  for (let index = 0; index <= MAX_REMEMBERED; index++) remembered.add(String(index));
  expect(remembered.has("0")).toBe(false);
  expect(remembered.has("1")).toBe(true);
  expect(remembered.has(String(MAX_REMEMBERED))).toBe(true);
});

test("bytes that move from one part to another give another digest", () => {
  const part = (length: number, fill: number) => new Uint8Array(length).fill(fill);
  const digests = [
    digestOf(part(32, 1), part(3, 2), part(64, 3)),
    digestOf(part(32, 3), part(3, 2), part(64, 1)),
    digestOf(part(32, 1), part(4, 2), part(64, 3)),
  ];
  expect(new Set(digests).size).toBe(3);
});
