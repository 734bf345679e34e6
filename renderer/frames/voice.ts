import type { MemberId } from "../../core/contract/parts.ts";
import { SILENCE } from "../../core/contract/voice-level.ts";

/** Sound comes every 40 ms; without any for so long, in ms, nobody speaks there. */
const QUIET_AFTER_MS = 500;

interface Heard {
  level: number;
  /** When sound came last, in ms. */
  at: number;
}

/**
 * Who speaks how loudly. Each sound frame begins with its sender's level, inside the encryption: nobody on the way can
 * read it, and nobody needs to look at the sound again to know it.
 */
export class Voices {
  /** One's own level, sent with each frame. */
  own = SILENCE;
  readonly #elapsed: () => number;
  readonly #heard = new Map<MemberId, Heard>();
  #changed = false;

  /** `elapsed`: milliseconds that never go back. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  hear(member: MemberId, level: number): void {
    const known = this.#heard.get(member);
    const said = Math.min(level & 0x7f, SILENCE);
    if (known?.level !== said) this.#changed = true;
    this.#heard.set(member, { level: said, at: this.#elapsed() });
  }

  forget(member: MemberId): void {
    this.#heard.delete(member);
  }

  /** Everybody's level if any changed since the last time, else null. Whose sound stopped coming is silent. */
  takeChanges(): readonly (readonly [member: MemberId, level: number])[] | null {
    this.#hush();
    if (!this.#changed) return null;
    this.#changed = false;
    return [...this.#heard].map(([member, { level }]) => [member, level]);
  }

  #hush(): void {
    for (const heard of this.#heard.values()) {
      if (heard.level === SILENCE || this.#elapsed() - heard.at < QUIET_AFTER_MS) continue;
      heard.level = SILENCE;
      this.#changed = true;
    }
  }
}

/** The sound with its level before it. */
export function withLevel(sound: Uint8Array<ArrayBuffer>, level: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(1 + sound.length);
  joined[0] = level;
  joined.set(sound, 1);
  return joined;
}
