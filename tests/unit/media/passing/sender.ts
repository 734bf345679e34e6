import type { FrameSigner } from "../../../../core/crypto/frame-signing.ts";
import { encodePicturePayload } from "../../../../core/sframe/picture-payload.ts";
import { clearBytesOf } from "../../../../renderer/frames/clear-bytes.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { Attestor } from "../../../../renderer/frames/passing/attestor.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Ann films: 25 pictures a second, sealed and attested as they are in the app. */
export class Sender {
  readonly keyring = new Keyring();
  readonly attestor: Attestor;
  #number = 0;

  constructor(signer: FrameSigner, elapsed: () => number) {
    this.attestor = new Attestor({ kind: "camera", elapsed, signer: () => signer });
    this.attestor.isOn = true;
  }

  async film(isKeyFrame = false): Promise<Bytes> {
    const sealed = await this.seal(isKeyFrame, this.attestor.take(0, isKeyFrame));
    await this.attestor.record(sealed);
    return sealed;
  }

  /** As somebody can who only holds the key that opens. */
  async seal(isKeyFrame: boolean, attestation: Uint8Array): Promise<Bytes> {
    const number = this.#number++;
    const picture = Uint8Array.from([isKeyFrame ? 0x10 : 0x31, 0, 0, 0x9d, 1, 0x2a, 0, 0, 0, 0, number & 0xff, 7]);
    const payload = encodePicturePayload({ picture, number, attestation });
    const sealed = await this.keyring.sealer?.seal(payload, clearBytesOf("camera", picture));
    if (sealed === undefined) throw new Error("no key");
    return sealed;
  }
}
