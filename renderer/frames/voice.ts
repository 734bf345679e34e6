import type { MemberId } from "../../core/contract/parts.ts";

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

/**
 * Who speaks how loudly. Each sound frame begins with its sender's level, inside the encryption: nobody on the way can
 * read it, and nobody needs to look at the sound again to know it.
 */
export class Voices {
  /** One's own level, sent with each frame. */
  own = SILENCE;
  readonly #heard = new Map<MemberId, number>();
  #changed = false;

  hear(member: MemberId, level: number): void {
    const known = Math.min(level & 0x7f, SILENCE);
    if (this.#heard.get(member) === known) return;
    this.#heard.set(member, known);
    this.#changed = true;
  }

  forget(member: MemberId): void {
    this.#heard.delete(member);
  }

  /** Everybody's level if any changed since the last time, else null. */
  takeChanges(): readonly (readonly [member: MemberId, level: number])[] | null {
    if (!this.#changed) return null;
    this.#changed = false;
    return [...this.#heard];
  }
}

/** The sound with its level before it. */
export function withLevel(sound: Uint8Array<ArrayBuffer>, level: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(1 + sound.length);
  joined[0] = level;
  joined.set(sound, 1);
  return joined;
}
