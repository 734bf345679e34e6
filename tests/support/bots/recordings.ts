import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Two seconds that a bot plays over and over; they were made with ffmpeg's `mandelbrot` and `sine` sources. */
export interface Recordings {
  /** VP8 of 320x180, 640x360 and 1280x720 at `PICTURE_RATE`, a key frame each second. */
  readonly small: readonly Uint8Array[];
  readonly middle: readonly Uint8Array[];
  readonly full: readonly Uint8Array[];
  /** Opus at constant bitrate in packets of `SOUND_MS`. */
  readonly sound: readonly Uint8Array[];
}

/** Pictures a second. */
export const PICTURE_RATE = 20;
/** Sound in one packet, in ms. */
export const SOUND_MS = 40;

const IVF_HEADER_BYTES = 32;
const IVF_FRAME_HEADER_BYTES = 12;
const OGG_HEADER_BYTES = 27;
/** A segment of this size goes on in the next (RFC 3533, section 6). */
const OGG_WHOLE_SEGMENT = 255;
/** `OpusHead` and `OpusTags` (RFC 7845, section 3). */
const OPUS_HEADERS = 2;

export function readRecordings(): Recordings {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, "media", name)));
  return {
    small: ivfFrames(read("small.ivf")),
    middle: ivfFrames(read("middle.ivf")),
    full: ivfFrames(read("full.ivf")),
    sound: opusPackets(read("sound.ogg")),
  };
}

/** The frames of an IVF file. */
export function ivfFrames(file: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const frames: Uint8Array[] = [];
  let offset = IVF_HEADER_BYTES;
  while (offset + IVF_FRAME_HEADER_BYTES <= file.length) {
    const start = offset + IVF_FRAME_HEADER_BYTES;
    const end = start + view.getUint32(offset, true);
    frames.push(file.slice(start, end));
    offset = end;
  }
  return frames;
}

/** The sound packets of an Ogg file with one Opus stream. */
export function opusPackets(file: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  let open: number[] = [];
  let offset = 0;
  while (offset + OGG_HEADER_BYTES <= file.length) {
    const segments = file.subarray(offset + OGG_HEADER_BYTES, offset + OGG_HEADER_BYTES + (file[offset + 26] ?? 0));
    offset += OGG_HEADER_BYTES + segments.length;
    for (const length of segments) {
      open.push(...file.subarray(offset, offset + length));
      offset += length;
      if (length === OGG_WHOLE_SEGMENT) continue;
      packets.push(Uint8Array.from(open));
      open = [];
    }
  }
  return packets.slice(OPUS_HEADERS);
}
