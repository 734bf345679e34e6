import { expect, test } from "vitest";
import { Secret } from "../../../core/base/secret.ts";
import { deriveGcm } from "../../../core/crypto/aead.ts";
import { domain } from "../../../core/crypto/hash.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";

// A Buffer's `slice` is another view of the same bytes: wiping such a copy would wipe its owner's.
test("keys that are made of a secret in a Buffer leave it as it was", async () => {
  const bytes = Buffer.alloc(32, 7);
  const secret = new Secret("test", bytes);
  const [keyInfo, saltInfo] = [domain("key"), domain("salt")];
  await deriveGcm(secret, { hash: "SHA-512", keyBytes: 32, keyInfo, saltInfo, usage: "encrypt" });
  SigningKey.fromSeed(secret).wipe();
  expect([...bytes]).toEqual(new Array(32).fill(7));
});
