import { concat } from "../../../core/base/bytes.ts";

/** The fixed header of an RTP packet (RFC 3550, section 5.1). */
export interface RtpHeader {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

export interface RtpPacket extends RtpHeader {
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 12;
/** What fits one packet beside all headers on any usual path, in bytes. */
const MAX_PAYLOAD_BYTES = 1_100;

export function encodeRtp(header: RtpHeader, payload: Uint8Array): Buffer {
  const packet = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  packet[0] = 0x80;
  packet[1] = (header.marker ? 0x80 : 0) | header.payloadType;
  packet.writeUInt16BE(header.sequence & 0xffff, 2);
  packet.writeUInt32BE(header.timestamp >>> 0, 4);
  packet.writeUInt32BE(header.ssrc >>> 0, 8);
  packet.set(payload, HEADER_BYTES);
  return packet;
}

/** Null for anything but an RTP packet, RTCP included (RFC 5761, section 4). */
export function decodeRtp(packet: Uint8Array): RtpPacket | null {
  const [first = 0, second = 0] = packet;
  const type = second & 0x7f;
  if (packet.length < HEADER_BYTES || first >> 6 !== 2 || (type >= 64 && type <= 95)) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  let start = HEADER_BYTES + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (packet.length < start + 4) return null;
    start += 4 + 4 * view.getUint16(start + 2);
  }
  const padding = (first & 0x20) !== 0 ? (packet.at(-1) ?? 0) : 0;
  if (start + padding > packet.length) return null;
  return {
    payloadType: type,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: packet.subarray(start, packet.length - padding),
  };
}

/** A VP8 frame as RTP payloads, each behind its descriptor with a picture id of 15 bits (RFC 7741, section 4.2). */
export function packetizeVp8(frame: Uint8Array, pictureId: number): readonly Uint8Array[] {
  const payloads: Uint8Array[] = [];
  for (let start = 0; start < frame.length; start += MAX_PAYLOAD_BYTES) {
    const part = frame.subarray(start, start + MAX_PAYLOAD_BYTES);
    const payload = new Uint8Array(4 + part.length);
    payload.set([0x80 | (start === 0 ? 0x10 : 0), 0x80, 0x80 | ((pictureId >> 8) & 0x7f), pictureId & 0xff]);
    payload.set(part, 4);
    payloads.push(payload);
  }
  return payloads;
}

/** How many bytes the VP8 descriptor takes, and whether a frame begins behind it. Null for one that is cut off. */
function readDescriptor(payload: Uint8Array): { readonly bytes: number; readonly begins: boolean } | null {
  const [first = 0, extension = 0] = payload;
  let bytes = 1;
  if ((first & 0x80) !== 0) {
    bytes = 2;
    if ((extension & 0x80) !== 0) bytes += ((payload[bytes] ?? 0) & 0x80) !== 0 ? 2 : 1;
    if ((extension & 0x40) !== 0) bytes += 1;
    if ((extension & 0x30) !== 0) bytes += 1;
  }
  // Partition 0 begins a frame.
  return bytes < payload.length ? { bytes, begins: (first & 0x17) === 0x10 } : null;
}

/** Puts VP8 frames together again from packets in order; what has a gap is dropped and said to be lost. */
export class Vp8Assembler {
  readonly #lost: () => void;
  #parts: Uint8Array[] = [];
  #next: number | null = null;

  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** The frame that this packet ends, or null. */
  take({ sequence, marker, payload }: RtpPacket): Uint8Array<ArrayBuffer> | null {
    // Packets without a payload only probe the path.
    const descriptor = payload.length === 0 ? null : readDescriptor(payload);
    const expected = this.#next === null || sequence === this.#next;
    if (!expected && ((sequence - (this.#next ?? 0)) & 0xffff) > 0x8000) return null;
    this.#next = (sequence + 1) & 0xffff;
    if (!expected) {
      this.#parts = [];
      this.#lost();
    }
    if (descriptor === null) return null;
    if (descriptor.begins) this.#parts = [];
    else if (this.#parts.length === 0) return null;
    this.#parts.push(payload.subarray(descriptor.bytes));
    if (!marker) return null;
    const frame = concat(...this.#parts);
    this.#parts = [];
    return frame;
  }
}
