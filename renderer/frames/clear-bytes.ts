import type { MediaKind } from "../../core/contract/parts.ts";

/** The frame tag alone, or with the start code and the size that a key frame carries (RFC 6386, section 9.1). */
const VP8_DELTA_BYTES = 3;
const VP8_KEY_BYTES = 10;

/** Whether these are the first bytes of a VP8 key frame: the lowest bit of the frame tag is 0. */
export function isVp8KeyFrame(frame: Uint8Array): boolean {
  return ((frame[0] ?? 1) & 1) === 0;
}

/** Bytes at the start that stay clear because depacketisers read them. They are authenticated. Opus needs none. */
export function clearBytesOf(kind: MediaKind, frame: Uint8Array): number {
  if (kind === "microphone") return 0;
  return isVp8KeyFrame(frame) ? VP8_KEY_BYTES : VP8_DELTA_BYTES;
}
