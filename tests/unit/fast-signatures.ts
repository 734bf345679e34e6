import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type nacl from "tweetnacl";

const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function privateKey(seed: Uint8Array): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: "der", type: "pkcs8" });
}

/** The platform's Ed25519 in TweetNaCl's place: the same signatures at a hundredth of the time, for tests that make thousands. */
export function withFastSignatures(real: typeof nacl): { default: typeof nacl } {
  const fromSeed = (seed: Uint8Array): nacl.SignKeyPair => {
    const der = createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" });
    const publicKey = Uint8Array.from(der.subarray(PUBLIC_PREFIX.length));
    return { publicKey, secretKey: Uint8Array.from([...seed, ...publicKey]) };
  };
  const detached = (message: Uint8Array, secretKey: Uint8Array): Uint8Array =>
    Uint8Array.from(sign(null, message, privateKey(secretKey.subarray(0, 32))));
  const check = (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean => {
    const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
    return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
  };
  const fast = {
    ...real.sign,
    keyPair: Object.assign(() => real.sign.keyPair(), real.sign.keyPair, { fromSeed }),
    detached: Object.assign(detached, { verify: check }),
  };
  return { default: { ...real, sign: Object.assign(real.sign.bind(real), fast) } };
}
