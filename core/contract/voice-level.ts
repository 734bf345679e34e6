/** The level of silence, and of everything fainter: -127 dBov (RFC 6464, section 3). */
export const SILENCE = 127;

/** A loudness of 0 to 1 as RFC 6464 writes it: decibels below the loudest there is, 0 to 127. */
export function levelOf(loudness: number): number {
  if (!(loudness > 0)) return SILENCE;
  return Math.min(SILENCE, Math.max(0, Math.round(-20 * Math.log10(loudness))));
}

/** The loudness, 0 to 1, of a level. */
export function loudnessOf(level: number): number {
  return level >= SILENCE ? 0 : 10 ** (-level / 20);
}
