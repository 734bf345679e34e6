import { createHash, webcrypto } from "node:crypto";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { Fingerprint } from "../../../core/contract/parts.ts";

/** A DTLS certificate of its own, as each page has one. */
export interface BotCertificate {
  readonly pem: string;
  readonly keyPem: string;
  readonly fingerprint: Fingerprint;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;

export async function makeCertificate(): Promise<BotCertificate> {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  // The same keys under the browser's names for their types.
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as CryptoKeyPair;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=bot",
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const secret = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  const fingerprint = createHash("sha256").update(new Uint8Array(made.rawData)).digest("hex") as Fingerprint;
  return { pem: made.toString("pem"), keyPem: x509.PemConverter.encode(secret, "PRIVATE KEY"), fingerprint };
}
