import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { MAX_MESSAGE_BYTES } from "../ports/mesh.ts";

const PREFIX_BYTES = 4;
const FIRST_BODY_BYTES = 4 * 1024;

/** What `FrameReader.read` found: the link goes on, or its peer broke the framing and the link must close. */
export type Framing = "intact" | "broken";

/**
 * Puts the length prefix of `/vigil/link/1` before a message: four bytes, big-endian.
 * Length 0 is no message: it only says that the sender is alive.
 */
export function frame(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const framed = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(framed.buffer).setUint32(0, message.length);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Throws `message-size` where one of the messages is empty or longer than a link carries. */
export function checkSizes(messages: readonly Uint8Array[]): void {
  for (const { length } of messages) {
    if (length > 0 && length <= MAX_MESSAGE_BYTES) continue;
    throw new VigilError("message-size", "defect", { message: `a message of ${length} bytes` });
  }
}

/** What one packet carries on most ways, below what the layers around it add. */
const PACKET_BYTES = 1_100;

/** The frames of several messages, in order and in as few pieces as fit into a packet each; a longer message is a piece of its own. */
export function packed(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (const framed of messages.map(frame)) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + framed.length > PACKET_BYTES) pieces.push(framed);
    else pieces[pieces.length - 1] = concat(last, framed);
  }
  return pieces;
}

/** The frame that carries nothing. */
export function keepAliveFrame(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(PREFIX_BYTES);
}

/**
 * Cuts a byte stream back into messages.
 * It holds at most one unfinished message, in a buffer that grows with what has arrived and not with what was announced.
 */
export class FrameReader {
  readonly #onMessage: (message: Uint8Array<ArrayBuffer>) => void;
  readonly #prefix = new Uint8Array(PREFIX_BYTES);
  #prefixFilled = 0;
  #body = new Uint8Array(0);
  #bodyLength = 0;
  #bodyFilled = 0;

  constructor(onMessage: (message: Uint8Array<ArrayBuffer>) => void) {
    this.#onMessage = onMessage;
  }

  /** Takes the next bytes in order. `broken` at a length above `MAX_MESSAGE_BYTES`; the reader must not be used after that. */
  read(bytes: Uint8Array): Framing {
    let offset = 0;
    while (offset < bytes.length) {
      if (this.#prefixFilled < PREFIX_BYTES) {
        this.#prefix[this.#prefixFilled++] = bytes[offset++] ?? 0;
        if (this.#prefixFilled === PREFIX_BYTES && this.#begin() === "broken") return "broken";
      } else {
        offset += this.#take(bytes.subarray(offset));
      }
    }
    return "intact";
  }

  #begin(): Framing {
    const length = new DataView(this.#prefix.buffer).getUint32(0);
    if (length > MAX_MESSAGE_BYTES) return "broken";
    if (length === 0) this.#prefixFilled = 0;
    this.#bodyLength = length;
    this.#bodyFilled = 0;
    this.#body = new Uint8Array(Math.min(length, FIRST_BODY_BYTES));
    return "intact";
  }

  #take(bytes: Uint8Array): number {
    const part = bytes.subarray(0, this.#bodyLength - this.#bodyFilled);
    this.#makeRoom(this.#bodyFilled + part.length);
    this.#body.set(part, this.#bodyFilled);
    this.#bodyFilled += part.length;
    if (this.#bodyFilled === this.#bodyLength) this.#finish();
    return part.length;
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#body.length) return;
    const grown = new Uint8Array(Math.min(this.#bodyLength, Math.max(needed, this.#body.length * 2)));
    grown.set(this.#body.subarray(0, this.#bodyFilled));
    this.#body = grown;
  }

  #finish(): void {
    const message = this.#body;
    this.#body = new Uint8Array(0);
    this.#prefixFilled = 0;
    this.#onMessage(message);
  }
}
