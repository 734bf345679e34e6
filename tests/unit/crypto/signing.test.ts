import { createPublicKey, verify as platformVerify } from "node:crypto";
import nacl from "tweetnacl";
import { describe, expect, it } from "vitest";
import { concat, utf8 } from "../../../core/base/bytes.ts";
import { domain } from "../../../core/crypto/hash.ts";
import { isPublicKey, SigningKey, verify, verifyRaw } from "../../../core/crypto/signing.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const key = SigningKey.generate(seededRandom(1));
const message = utf8("message");
const signature = key.sign("test", message);
const signed = { publicKey: key.publicKey, label: "test", message, signature };

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function plusOrder(s: Uint8Array): Uint8Array {
  let value = ORDER;
  s.forEach((byte, index) => (value += BigInt(byte) << BigInt(8 * index)));
  return Uint8Array.from(s, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}

const ones = (length: number): number[] => new Array<number>(length).fill(0xff);
const zeros = (length: number): number[] => new Array<number>(length).fill(0);

describe("signing keys", () => {
  it("verify under their label only", () => {
    expect(verify(signed)).toBe(true);
    expect(verify({ ...signed, label: "other" })).toBe(false);
    expect(verify({ ...signed, message: utf8("massage") })).toBe(false);
  });

  it("make signatures that the platform's Ed25519 accepts", () => {
    const der = concat(Uint8Array.from(Buffer.from("302a300506032b6570032100", "hex")), key.publicKey);
    const platformKey = createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
    expect(platformVerify(null, concat(domain("test"), message), platformKey, signature)).toBe(true);
  });

  it("sign nothing once wiped", () => {
    const wiped = SigningKey.generate(seededRandom(2));
    wiped.wipe();
    expect(() => wiped.sign("test", message)).toThrow("signing-key");
  });

  it("print no secret", () => {
    expect(JSON.stringify(key)).not.toMatch(/secret/i);
    expect(Object.values(key)).toEqual([key.publicKey]);
  });
});

describe("strict verification", () => {
  it("refuses a second form of S, which TweetNaCl takes", () => {
    const raw = nacl.sign.keyPair.fromSeed(new Uint8Array(32));
    const good = nacl.sign.detached(message, raw.secretKey);
    const malleated = concat(good.subarray(0, 32), plusOrder(good.subarray(32)));
    expect(nacl.sign.detached.verify(message, malleated, raw.publicKey)).toBe(true);
    expect(verifyRaw(raw.publicKey, message, good)).toBe(true);
    expect(verifyRaw(raw.publicKey, message, malleated)).toBe(false);
  });

  it("refuses a key of small order, under which TweetNaCl takes one signature for every message", () => {
    const identity = Uint8Array.from([1, ...zeros(31)]);
    const universal = concat(identity, new Uint8Array(32));
    expect(nacl.sign.detached.verify(message, universal, identity)).toBe(true);
    expect(verifyRaw(identity, message, universal)).toBe(false);
  });

  it.each([
    ["zero", zeros(32)],
    ["zero with a sign", [...zeros(31), 0x80]],
    ["one", [1, ...zeros(31)]],
    ["one with a sign", [1, ...zeros(30), 0x80]],
    ["minus one", [0xec, ...ones(30), 0x7f]],
    ["minus one with a sign", [0xec, ...ones(31)]],
    ["p, another zero", [0xed, ...ones(30), 0x7f]],
    ["p + 1, another one", [0xee, ...ones(30), 0x7f]],
    ["2^255 - 1", [...ones(31), 0x7f]],
    ["31 bytes", zeros(31)],
    ["33 bytes", [...key.publicKey, 0]],
  ])("takes no key that is %s", (_, bytes) => {
    expect(isPublicKey(Uint8Array.from(bytes))).toBe(false);
  });

  it.each([
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  ])("takes no key of order eight: %s", (text) => {
    expect(isPublicKey(Uint8Array.from(Buffer.from(text, "hex")))).toBe(false);
  });

  it("refuses signatures of any other length", () => {
    expect(verify({ ...signed, signature: signature.subarray(0, 63) })).toBe(false);
    expect(verify({ ...signed, signature: concat(signature, Uint8Array.of(0)) })).toBe(false);
  });
});
