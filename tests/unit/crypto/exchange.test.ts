import { describe, expect, it } from "vitest";
import { toHex } from "../../../core/base/bytes.ts";
import { agree, createAgreementKey } from "../../../core/crypto/agree.ts";
import { open, seal } from "../../../core/crypto/box.ts";
import { equal } from "../../../core/crypto/compare.ts";
import { createKemKey, decapsulate, encapsulate, KEM_CIPHERTEXT_BYTES } from "../../../core/crypto/kem.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const random = seededRandom(3);

describe("X25519", () => {
  it("gives both sides one secret", () => {
    const one = createAgreementKey(random);
    const other = createAgreementKey(random);
    const shared = agree(one.secretKey.reveal(), other.publicKey);
    expect(shared?.reveal()).toEqual(agree(other.secretKey.reveal(), one.publicKey)?.reveal());
    expect(shared?.reveal()).not.toEqual(new Uint8Array(32));
  });

  it("refuses what gives zero, and wrong lengths", () => {
    const { secretKey } = createAgreementKey(random);
    expect(agree(secretKey.reveal(), new Uint8Array(32))).toBeNull();
    expect(agree(secretKey.reveal(), new Uint8Array(31))).toBeNull();
  });
});

describe("ML-KEM-768", () => {
  const key = createKemKey(random);

  it("gives both sides one secret", () => {
    const made = encapsulate(key.publicKey, random);
    expect(made?.ciphertext.length).toBe(KEM_CIPHERTEXT_BYTES);
    const back = decapsulate(key.secretKey, made?.ciphertext ?? new Uint8Array());
    expect(back?.reveal()).toEqual(made?.shared.reveal());
  });

  it("gives another secret for an altered ciphertext", () => {
    const made = encapsulate(key.publicKey, random);
    const altered = Uint8Array.from(made?.ciphertext ?? []);
    altered[5] = (altered[5] ?? 0) ^ 1;
    const back = decapsulate(key.secretKey, altered);
    expect(toHex(back?.reveal() ?? new Uint8Array())).not.toBe(toHex(made?.shared.reveal() ?? new Uint8Array()));
  });

  it("refuses a public key out of range and wrong lengths", () => {
    expect(encapsulate(new Uint8Array(1184).fill(255), random)).toBeNull();
    expect(encapsulate(key.publicKey.subarray(1), random)).toBeNull();
    expect(decapsulate(key.secretKey, new Uint8Array(1087))).toBeNull();
  });
});

describe("secretbox", () => {
  const key = random.bytes(32);
  const nonce = random.bytes(24);
  const bytes = Uint8Array.of(1, 2, 3);

  it("opens what it sealed under the same key and nonce only", () => {
    const sealed = seal({ key, nonce, bytes });
    expect(sealed.length).toBe(19);
    expect(open({ key, nonce, bytes: sealed })).toEqual(bytes);
    expect(open({ key, nonce: random.bytes(24), bytes: sealed })).toBeNull();
    expect(open({ key: random.bytes(32), nonce, bytes: sealed })).toBeNull();
    expect(open({ key, nonce, bytes: sealed.subarray(1) })).toBeNull();
    expect(open({ key, nonce, bytes: new Uint8Array() })).toBeNull();
  });
});

describe("equal", () => {
  it("compares all bytes and the length", () => {
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equal(Uint8Array.of(2, 2), Uint8Array.of(1, 2))).toBe(false);
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });
});
