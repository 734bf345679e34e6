import type { MemberId } from "../../core/contract/parts.ts";
import { SILENCE } from "../../core/contract/voice-level.ts";
import { decodeHeader } from "../../core/sframe/header.ts";
import { epochOf } from "../../core/sframe/key-id.ts";
import type { Opener } from "../../core/sframe/opener.ts";
import { clearBytesOf, isVp8KeyFrame } from "./clear-bytes.ts";
import type { EncodedFrame, FrameHandler } from "./frame-stream.ts";
import type { StreamParts } from "./seal-frames.ts";

/** The longest frame that is looked at, in bytes: far above any picture at the bitrates in use. */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024;

/** Opens the frames of one member under that member's keys. What cannot be opened is dropped and counted. */
export class FrameOpening implements FrameHandler {
  readonly #member: MemberId;
  readonly #parts: StreamParts;

  constructor(member: MemberId, parts: StreamParts) {
    this.#member = member;
    this.#parts = parts;
  }

  async handle(frame: EncodedFrame, turn?: Promise<void>): Promise<boolean> {
    const { kind, tally, gate } = this.#parts;
    const bytes = new Uint8Array(frame.data);
    if (bytes.length === 0) return true;
    const clear = clearBytesOf(kind, bytes);
    const opener = this.#openerFor(bytes, clear);
    if (opener === null) {
      await turn;
      tally.keyless++;
      return this.#refuse();
    }
    const opened = await opener.open(bytes, clear);
    await turn;
    if (!opened.ok) {
      // A copy of a frame that came through leaves no gap.
      if (opened.error.code === "sframe-replayed") {
        tally.repeated++;
        return false;
      }
      tally.forged++;
      return this.#refuse();
    }
    if (gate !== null && !gate.admits(isVp8KeyFrame(bytes))) {
      tally.dropped++;
      return false;
    }
    frame.data = kind === "microphone" ? this.#hear(opened.value) : opened.value.buffer;
    tally.opened++;
    tally.epoch = epochOf(opener.keyId);
    return true;
  }

  lost(): void {
    this.#refuse();
  }

  #hear(plain: Uint8Array<ArrayBuffer>): ArrayBuffer {
    this.#parts.voices.hear(this.#member, plain[0] ?? SILENCE);
    return plain.slice(1).buffer;
  }

  #openerFor(bytes: Uint8Array, clear: number): Opener | null {
    if (bytes.length > MAX_FRAME_BYTES) return null;
    const header = decodeHeader(bytes, clear);
    return header.ok ? this.#parts.keyring.opener(this.#member, header.value.keyId) : null;
  }

  #refuse(): false {
    this.#parts.tally.dropped++;
    this.#parts.gate?.lost();
    return false;
  }
}
