import type { MemberId } from "../../core/contract/parts.ts";
import { SILENCE } from "../../core/contract/voice-level.ts";
import { decodeHeader, type Header } from "../../core/sframe/header.ts";
import { epochOf } from "../../core/sframe/key-id.ts";
import type { Opener } from "../../core/sframe/opener.ts";
import { decodePicturePayload, type PicturePayload } from "../../core/sframe/picture-payload.ts";
import { clearBytesOf, isVp8KeyFrame } from "./clear-bytes.ts";
import type { EncodedFrame, FrameHandler } from "./frame-stream.ts";
import type { StreamParts } from "./seal-frames.ts";

/** The longest frame that is looked at, in bytes: far above any picture at the bitrates in use. */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024;

/** A frame that has come: as much as a link says of it. */
export interface ArrivedFrame extends EncodedFrame {
  getMetadata?(): { readonly rtpTimestamp?: number };
}

/** A frame that could be opened. */
export interface OpenedFrame {
  readonly header: Header;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly isKeyFrame: boolean;
  /** In ticks of 90 kHz for pictures; 0 where the link does not say. */
  readonly rtpTimestamp: number;
}

/** What is asked of a stream that does not come from its sender itself. */
export interface Path {
  /** What to open with: each frame comes once by each path. */
  opener(of: Opener): Opener;
  /** Whether a picture that could be opened may be shown. */
  admits(opened: OpenedFrame, payload: PicturePayload): boolean;
}

export interface OpeningParts extends StreamParts {
  /** Null for what comes from its sender directly. */
  readonly path?: Path | null;
  /** Hears of each frame that is let through. */
  readonly onOpened?: (opened: OpenedFrame) => void;
}

/** Opens the frames of one member under that member's keys. What cannot be opened is dropped and counted. */
export class FrameOpening implements FrameHandler<ArrivedFrame> {
  readonly #member: MemberId;
  readonly #parts: OpeningParts;

  constructor(member: MemberId, parts: OpeningParts) {
    this.#member = member;
    this.#parts = parts;
  }

  async handle(frame: ArrivedFrame, turn?: Promise<void>): Promise<boolean> {
    const { kind, tally } = this.#parts;
    const bytes = new Uint8Array(frame.data);
    if (bytes.length === 0) return true;
    const clear = clearBytesOf(kind, bytes);
    const found = this.#openerFor(bytes, clear);
    if (found === null) {
      await turn;
      tally.keyless++;
      return this.#refuse();
    }
    const opened = await found.opener.open(bytes, clear);
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
    const isKeyFrame = isVp8KeyFrame(bytes);
    const rtpTimestamp = frame.getMetadata?.().rtpTimestamp ?? 0;
    const data = this.#admit({ header: found.header, sealed: bytes, isKeyFrame, rtpTimestamp }, opened.value);
    if (data === null) return false;
    frame.data = data;
    tally.opened++;
    tally.epoch = epochOf(found.opener.keyId);
    return true;
  }

  lost(): void {
    this.#refuse();
  }

  /** What the decoder gets of it; null for nothing. */
  #admit(opened: OpenedFrame, plain: Uint8Array<ArrayBuffer>): ArrayBuffer | null {
    const { kind, onOpened } = this.#parts;
    const data = kind === "microphone" ? this.#hear(plain) : this.#show(opened, plain);
    if (data !== null) onOpened?.(opened);
    return data;
  }

  #hear(plain: Uint8Array<ArrayBuffer>): ArrayBuffer {
    this.#parts.voices.hear(this.#member, plain[0] ?? SILENCE);
    return plain.slice(1).buffer;
  }

  #show(opened: OpenedFrame, plain: Uint8Array<ArrayBuffer>): ArrayBuffer | null {
    const { tally, gate, path } = this.#parts;
    const payload = decodePicturePayload(plain);
    if (payload === null || path?.admits(opened, payload) === false) {
      this.#refuse();
      return null;
    }
    if (gate !== null && !gate.admits(opened.isKeyFrame)) {
      tally.dropped++;
      return null;
    }
    return payload.picture.slice().buffer;
  }

  #openerFor(bytes: Uint8Array, clear: number): { readonly opener: Opener; readonly header: Header } | null {
    if (bytes.length > MAX_FRAME_BYTES) return null;
    const header = decodeHeader(bytes, clear);
    const opener = header.ok ? this.#parts.keyring.opener(this.#member, header.value.keyId) : null;
    if (!header.ok || opener === null) return null;
    return { opener: this.#parts.path?.opener(opener) ?? opener, header: header.value };
  }

  #refuse(): false {
    this.#parts.tally.dropped++;
    this.#parts.gate?.lost();
    return false;
  }
}
