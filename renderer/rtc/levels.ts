import type { MemberId } from "../../core/contract/parts.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { levelOf, loudnessOf, SILENCE } from "../../core/contract/voice-level.ts";
import { AnalysedLevel } from "./analysed-level.ts";

/** How often one's own level is measured while there is a link, in ms. */
const OWN_EVERY_MS = 120;

export interface LevelSources {
  readonly clock: Clock;
  readonly microphone: () => MediaStreamTrack | null;
  /** Some transceiver that carries one's own microphone; null without a link. */
  readonly sender: () => RTCRtpSender | null;
  /** Sends one's own level along with one's sound from now on. */
  readonly setOwn: (level: number) => void;
}

function sourceLevel(report: RTCStatsReport): number {
  for (const entry of report.values()) {
    const stats = entry as { type: string; audioLevel?: number };
    if (stats.type === "media-source") return stats.audioLevel ?? 0;
  }
  return 0;
}

/**
 * How loud everybody is. Each says so, inside the encryption: a header of the packet would stay readable for everybody on
 * the way, and asking WebRTC about each member costs more than all else that the page does in a call.
 */
export class Levels {
  readonly #sources: LevelSources;
  readonly #heard = new Map<MemberId, number>();
  readonly #preview: AnalysedLevel;
  #own = 0;
  #sent = SILENCE;
  #measuring = false;

  constructor(sources: LevelSources) {
    this.#sources = sources;
    this.#preview = new AnalysedLevel(sources.clock);
  }

  /** The latest level, 0 to 1. */
  of(who: MemberId | "self"): number {
    if (who !== "self") return this.#heard.get(who) ?? 0;
    return this.#measuring ? this.#own : this.#preview.of(this.#sources.microphone());
  }

  hear(levels: readonly (readonly [member: MemberId, level: number])[]): void {
    for (const [member, level] of levels) this.#heard.set(member, loudnessOf(level));
  }

  forget(member: MemberId): void {
    this.#heard.delete(member);
  }

  /** There is a link: one's own level is measured from now on, until there is none. */
  linkUp(): void {
    if (this.#measuring) return;
    this.#measuring = true;
    void this.#measure();
  }

  async #measure(): Promise<void> {
    const sender = this.#sources.sender();
    if (sender === null) {
      this.#measuring = false;
      return;
    }
    // Refused by a link that was just closed; the next one is asked.
    this.#own = await sender.getStats().then(sourceLevel, () => 0);
    const level = levelOf(this.#own);
    if (level !== this.#sent) this.#sources.setOwn(level);
    this.#sent = level;
    this.#sources.clock.after(OWN_EVERY_MS, () => void this.#measure());
  }
}
