import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFrameSigner, createFrameVerifier, FRAME_DIGEST_BYTES } from "../../../core/crypto/frame-signing.ts";
import { attest, MAX_ATTESTED, readAttestation } from "../../../core/sframe/attestation.ts";
import {
  decodePicturePayload,
  encodePicturePayload,
  MAX_ATTESTATION_BYTES,
  NO_ATTESTATION,
} from "../../../core/sframe/picture-payload.ts";

const some = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Uint8Array.from(bytes));

describe("what is sealed as one picture", () => {
  test("comes back as it went in", () => {
    fc.assert(
      fc.property(some(300), some(200), fc.nat({ max: 0xffff }), (picture, attestation, number) => {
        const decoded = decodePicturePayload(encodePicturePayload({ picture, number, attestation }));
        expect(decoded?.number).toBe(number);
        expect(Uint8Array.from(decoded?.picture ?? [])).toEqual(picture);
        expect(Uint8Array.from(decoded?.attestation ?? [])).toEqual(attestation);
      }),
    );
  });

  test("is read from any bytes, or refused", () => {
    fc.assert(
      fc.property(some(400), (bytes) => {
        const decoded = decodePicturePayload(bytes);
        if (decoded === null) return;
        expect(decoded.picture.length + decoded.attestation.length).toBe(bytes.length - 4);
        expect(decoded.attestation.length).toBeLessThanOrEqual(MAX_ATTESTATION_BYTES);
      }),
    );
  });

  test("of which the attestation would be longer than it may be, or than the payload, is none", () => {
    expect(decodePicturePayload(Uint8Array.of(1, 2, 0, 0, 0, 3))).toBeNull();
    const long = new Uint8Array(MAX_ATTESTATION_BYTES + 1);
    const bytes = encodePicturePayload({ picture: new Uint8Array(9), number: 1, attestation: long });
    expect(decodePicturePayload(bytes)).toBeNull();
  });
});

describe("a sender's word about its frames", () => {
  const digests = [1, 2, 3].map((value) => new Uint8Array(FRAME_DIGEST_BYTES).fill(value));

  test("is read with its key, for its kind of pictures, and with no other", async () => {
    const signer = await createFrameSigner();
    const verify = await createFrameVerifier(signer.publicKey);
    const stranger = await createFrameVerifier((await createFrameSigner()).publicKey);
    if (verify === null || stranger === null) throw new Error("no key");
    const word = await attest(signer, "camera", digests);
    expect(await readAttestation(verify, "camera", word)).toEqual(digests);
    expect(await readAttestation(stranger, "camera", word)).toBeNull();
    expect(await readAttestation(verify, "screen", word)).toBeNull();
  });

  test("changed in any byte, cut or empty, is none", async () => {
    const signer = await createFrameSigner();
    const verify = await createFrameVerifier(signer.publicKey);
    if (verify === null) throw new Error("no key");
    const word = await attest(signer, "camera", digests);
    for (let index = 0; index < word.length; index += 7) {
      const changed = word.slice();
      changed.set([(word[index] ?? 0) ^ 1], index);
      expect(await readAttestation(verify, "camera", changed)).toBeNull();
    }
    expect(await readAttestation(verify, "camera", word.slice(0, -FRAME_DIGEST_BYTES))).toBeNull();
    expect(await readAttestation(verify, "camera", word.slice(0, 64))).toBeNull();
    expect(await readAttestation(verify, "camera", NO_ATTESTATION)).toBeNull();
  });

  test("names the latest where there are more than it may name, and fits a picture", async () => {
    const signer = await createFrameSigner();
    const many = Array.from({ length: MAX_ATTESTED + 5 }, (_, value) => new Uint8Array(FRAME_DIGEST_BYTES).fill(value));
    const word = await attest(signer, "screen", many);
    expect(word.length).toBeLessThanOrEqual(MAX_ATTESTATION_BYTES);
    const verify = await createFrameVerifier(signer.publicKey);
    expect(verify === null ? null : await readAttestation(verify, "screen", word)).toEqual(many.slice(-MAX_ATTESTED));
  });

  test("has no key of another length", async () => {
    expect(await createFrameVerifier(new Uint8Array(31))).toBeNull();
    expect(await createFrameVerifier(new Uint8Array(0))).toBeNull();
  });
});
