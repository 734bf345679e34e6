import { createHash, createHmac, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../../../core/base/bytes.ts";
import { derive, domain, hash, mac, slowHash } from "../../../core/crypto/hash.ts";

const data = utf8("some data");
const labelled = Buffer.concat([Buffer.from([11]), Buffer.from("vigil/1 abc"), data]);

describe("hashes and derived keys, against the platform's own", () => {
  it("puts the label's length and name first", () => {
    expect(toHex(domain("abc"))).toBe(Buffer.from("\x0bvigil/1 abc").toString("hex"));
  });

  it("gives each caller a domain of its own", () => {
    domain("own").fill(0);
    expect(toHex(domain("own"))).toBe(Buffer.from("\x0bvigil/1 own").toString("hex"));
  });

  it("hashes with SHA-512 cut to 32 bytes", () => {
    expect(toHex(hash("abc", data))).toBe(createHash("sha512").update(labelled).digest("hex").slice(0, 64));
  });

  it("authenticates with HMAC-SHA-512 cut to 32 bytes", () => {
    const expected = createHmac("sha512", "key").update(labelled).digest("hex").slice(0, 64);
    expect(toHex(mac(utf8("key"), "abc", data))).toBe(expected);
  });

  it("derives with HKDF-SHA-512, the context behind the label", () => {
    const expected = hkdfSync("sha512", "key", "salt", labelled, 80);
    const derived = derive({ key: utf8("key"), salt: utf8("salt"), label: "abc", context: data, length: 80 });
    expect(toHex(derived)).toBe(Buffer.from(expected).toString("hex"));
  });

  it("derives with an empty salt unless given one", () => {
    const expected = hkdfSync("sha512", "key", "", labelled, 32);
    const derived = derive({ key: utf8("key"), label: "abc", context: data, length: 32 });
    expect(toHex(derived)).toBe(Buffer.from(expected).toString("hex"));
  });

  it("hashes slowly: each round over the last digest and the hashed data", () => {
    const inner = createHash("sha512").update(data).digest();
    let digest = createHash("sha512")
      .update(Buffer.concat([Buffer.from("\x0bvigil/1 abc"), inner]))
      .digest();
    for (let round = 0; round < 3; round++) digest = createHash("sha512").update(digest).update(inner).digest();
    expect(toHex(slowHash({ label: "abc", data, rounds: 3 }))).toBe(digest.toString("hex"));
  });
});
