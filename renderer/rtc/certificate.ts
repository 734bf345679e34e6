import { VigilError } from "../../core/base/errors.ts";
import type { Fingerprint } from "../../core/contract/parts.ts";

export interface PageCertificate {
  readonly certificate: RTCCertificate;
  readonly fingerprint: Fingerprint;
}

/** Makes the one DTLS certificate of this page. Its private key stays in the browser and goes with the page. */
export async function createCertificate(connection: typeof RTCPeerConnection): Promise<PageCertificate> {
  const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" };
  const certificate = await connection.generateCertificate(algorithm);
  const sha256 = certificate.getFingerprints().find(({ algorithm: name }) => name?.toLowerCase() === "sha-256");
  const hex = sha256?.value?.replaceAll(":", "").toLowerCase() ?? "";
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new VigilError("no-certificate-fingerprint", "defect");
  return { certificate, fingerprint: hex as Fingerprint };
}
