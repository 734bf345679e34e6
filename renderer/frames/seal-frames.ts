import type { MediaKind } from "../../core/contract/parts.ts";
import { encodePicturePayload, NO_ATTESTATION, PICTURE_NUMBERS } from "../../core/sframe/picture-payload.ts";
import { clearBytesOf, isVp8KeyFrame } from "./clear-bytes.ts";
import type { Tally } from "./counts.ts";
import type { EncodedFrame, FrameHandler } from "./frame-stream.ts";
import type { KeyFrameGate } from "./key-frames.ts";
import type { Keyring } from "./keyring.ts";
import { withLevel, type Voices } from "./voice.ts";

export interface StreamParts {
  readonly kind: MediaKind;
  readonly keyring: Keyring;
  readonly voices: Voices;
  readonly tally: Tally;
  /** Null for sound, of which each frame stands alone. */
  readonly gate: KeyFrameGate | null;
}

/** Seals each frame under this member's key of the moment. Without a key nothing leaves. */
export class FrameSealing implements FrameHandler {
  readonly #parts: StreamParts;
  #number = 0;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  async handle(frame: EncodedFrame): Promise<boolean> {
    const { kind, keyring, tally, gate } = this.#parts;
    const bytes = new Uint8Array(frame.data);
    // No bytes: nothing to hide, and nothing to authenticate.
    if (bytes.length === 0) return true;
    const sealer = keyring.sealer;
    const clear = clearBytesOf(kind, bytes);
    if (sealer === null || bytes.length < clear) return this.#refuse();
    if (gate !== null && !gate.admits(isVp8KeyFrame(bytes))) {
      tally.unsealed++;
      return false;
    }
    const plain = kind === "microphone" ? withLevel(bytes, this.#parts.voices.own) : this.#payload(bytes);
    frame.data = (await sealer.seal(plain, clear)).buffer;
    tally.sealed++;
    return true;
  }

  lost(): void {
    this.#refuse();
  }

  #payload(picture: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const number = this.#number;
    this.#number = (number + 1) % PICTURE_NUMBERS;
    return encodePicturePayload({ picture, number, attestation: NO_ATTESTATION });
  }

  #refuse(): false {
    this.#parts.tally.unsealed++;
    this.#parts.gate?.lost();
    return false;
  }
}
