import type { MemberId } from "../../core/contract/parts.ts";
import { SILENCE } from "../../core/contract/voice-level.ts";

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
