import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../core/base/bytes.ts";
import { Secret } from "../../core/base/secret.ts";
import { openFrame, sealFrame } from "../../core/sframe/frame.ts";
import { decodeHeader, encodeHeader } from "../../core/sframe/header.ts";
import { deriveFrameKeys, nonceFor } from "../../core/sframe/key-schedule.ts";
import { AES_128_GCM_SHA256, AES_256_GCM_SHA512 } from "../../core/sframe/suites.ts";
import { CASES, HEADERS } from "./sframe-rfc9605.ts";

function hex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(text);
  if (bytes === null) throw new Error("not hex");
  return bytes;
}

const suites = new Map([AES_128_GCM_SHA256, AES_256_GCM_SHA512].map((suite) => [suite.id, suite]));

interface Case {
  readonly suite: number;
  readonly keyId: bigint;
  readonly counter: bigint;
  readonly baseKey: string;
  readonly salt: string;
  readonly nonce: string;
  readonly metadata: string;
  readonly plaintext: string;
  readonly ciphertext: string;
}

async function checkCase(vector: Case): Promise<void> {
  const suite = suites.get(vector.suite);
  if (suite === undefined) throw new Error("no such suite");
  const source = { suite, keyId: vector.keyId, baseKey: new Secret("sframe-base-key", hex(vector.baseKey)) };
  const seal = await deriveFrameKeys(source, "encrypt");
  const metadata = hex(vector.metadata);
  const frame = hex(vector.metadata + vector.plaintext);
  expect(toHex(seal.salt)).toBe(vector.salt);
  expect(toHex(nonceFor(seal, vector.counter))).toBe(vector.nonce);
  const sealed = await sealFrame(seal, vector.counter, frame, metadata.length);
  expect(toHex(sealed)).toBe(vector.metadata + vector.ciphertext);

  const header = decodeHeader(sealed, metadata.length);
  if (!header.ok) throw header.error;
  const opened = await openFrame(await deriveFrameKeys(source, "decrypt"), header.value, sealed, metadata.length);
  expect(opened.ok && toHex(opened.value)).toBe(toHex(frame));
}

describe("SFrame: the figures that RFC 9605 prints", () => {
  test.each(HEADERS)("header of key id %s, counter %s is %s", (keyId, counter, encoded) => {
    expect(toHex(encodeHeader({ keyId, counter }))).toBe(encoded);
    expect(decodeHeader(hex(encoded))).toEqual({ ok: true, value: { keyId, counter, length: encoded.length / 2 } });
  });

  test.each(CASES)("suite $suite seals and opens", checkCase);
});

interface PublishedVectors {
  readonly header: readonly { readonly kid: number; readonly ctr: number; readonly encoded: string }[];
  readonly sframe: readonly {
    readonly cipher_suite: number;
    readonly kid: number;
    readonly ctr: number;
    readonly base_key: string;
    readonly sframe_salt: string;
    readonly metadata: string;
    readonly nonce: string;
    readonly pt: string;
    readonly ct: string;
  }[];
}

const path = fileURLToPath(new URL("../../../shared/vectors/sframe-rfc9605.json", import.meta.url));

describe("SFrame: the working group's file sframe-rfc9605.json", () => {
  const present = existsSync(path);
  const published = (): PublishedVectors => JSON.parse(readFileSync(path, "utf8")) as PublishedVectors;

  test.skipIf(!present)("all 49 headers (needs ../shared/vectors)", () => {
    const { header } = published();
    expect(header).toHaveLength(49);
    for (const { kid, ctr, encoded } of header) {
      const decoded = decodeHeader(hex(encoded));
      if (!decoded.ok) throw decoded.error;
      // The file writes 64-bit numbers as JSON numbers, so the largest are rounded.
      expect([Number(decoded.value.keyId), Number(decoded.value.counter)]).toEqual([kid, ctr]);
      expect(toHex(encodeHeader(decoded.value))).toBe(encoded);
    }
  });

  test.skipIf(!present)("the full cases of suites 4 and 5 (needs ../shared/vectors)", async () => {
    const cases = published().sframe.filter(({ cipher_suite }) => suites.has(cipher_suite));
    expect(cases.map(({ cipher_suite }) => cipher_suite)).toEqual([4, 5]);
    for (const vector of cases) {
      await checkCase({
        suite: vector.cipher_suite,
        keyId: BigInt(vector.kid),
        counter: BigInt(vector.ctr),
        baseKey: vector.base_key,
        salt: vector.sframe_salt,
        nonce: vector.nonce,
        metadata: vector.metadata,
        plaintext: vector.pt,
        ciphertext: vector.ct,
      });
    }
  });
});
