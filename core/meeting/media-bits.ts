import type { MediaState } from "../contract/parts.ts";

const MICROPHONE = 1;
const CAMERA = 2;
const SCREEN = 4;

/** What a member sends, as the bits of `hello` and `profile`. */
export function toMediaBits(media: MediaState): number {
  return (media.microphone ? MICROPHONE : 0) | (media.camera ? CAMERA : 0) | (media.screen ? SCREEN : 0);
}

/** The reverse of `toMediaBits`. */
export function fromMediaBits(bits: number): MediaState {
  return { microphone: (bits & MICROPHONE) !== 0, camera: (bits & CAMERA) !== 0, screen: (bits & SCREEN) !== 0 };
}
