import type { MediaKind } from "../../core/contract/parts.ts";

/** Bits per second that suffice for moving pictures of up to so many pixels, smallest first. */
const CAMERA_STEPS: readonly (readonly [pixels: number, bitsPerSecond: number])[] = [
  [160 * 120, 120_000],
  [320 * 240, 250_000],
  [640 * 480, 800_000],
  [1280 * 720, 1_800_000],
];
const CAMERA_MOST = 2_500_000;
const SCREEN_MOST = 1_500_000;

/** The most that one link may spend on a picture, in bits per second. Sound has its fixed rate in the session description. */
export function maxBitrate(kind: Exclude<MediaKind, "microphone">, track: MediaStreamTrack | null): number {
  if (kind === "screen") return SCREEN_MOST;
  const { width = 640, height = 360 } = track?.getSettings() ?? {};
  return CAMERA_STEPS.find(([pixels]) => width * height <= pixels)?.[1] ?? CAMERA_MOST;
}
