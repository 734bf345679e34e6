import type { MemberId } from "../../core/contract/parts.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { AnalysedLevel } from "./analysed-level.ts";
import type { Incoming } from "./incoming.ts";
import type { Outgoing } from "./outgoing.ts";

/** How often one level is measured while somebody asks for it, in ms; with many members less often each. */
const LEAST_INTERVAL_MS = 120;
const INTERVAL_PER_MEMBER_MS = 80;

interface Reading {
  value: number;
  measuredAt: number;
  measuring: boolean;
}

export interface LevelSources {
  readonly clock: Clock;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  readonly microphone: () => MediaStreamTrack | null;
}

function levelIn(report: RTCStatsReport, type: "inbound-rtp" | "media-source"): number {
  for (const entry of report.values()) {
    const stats = entry as { type: string; audioLevel?: number };
    if (stats.type === type) return stats.audioLevel ?? 0;
  }
  return 0;
}

/**
 * How loud everybody is, from the statistics that WebRTC keeps anyway. Packets carry no level of their own: SRTP would
 * leave it readable for everybody on the way.
 */
export class Levels {
  readonly #sources: LevelSources;
  readonly #readings = new Map<MemberId | "self", Reading>();
  readonly #preview: AnalysedLevel;

  constructor(sources: LevelSources) {
    this.#sources = sources;
    this.#preview = new AnalysedLevel(sources.clock);
  }

  /** The latest measure, 0 to 1; asking starts the next one. */
  of(who: MemberId | "self"): number {
    const { clock, incoming, outgoing, microphone } = this.#sources;
    if (who === "self" && outgoing.anyMicrophone() === null) return this.#preview.of(microphone());
    const reading = this.#readings.get(who) ?? { value: 0, measuredAt: Number.NEGATIVE_INFINITY, measuring: false };
    this.#readings.set(who, reading);
    const interval = Math.max(LEAST_INTERVAL_MS, INTERVAL_PER_MEMBER_MS * incoming.size);
    if (!reading.measuring && clock.elapsed() - reading.measuredAt >= interval) void this.#measure(who, reading);
    return reading.value;
  }

  forget(member: MemberId): void {
    this.#readings.delete(member);
  }

  async #measure(who: MemberId | "self", reading: Reading): Promise<void> {
    reading.measuring = true;
    reading.measuredAt = this.#sources.clock.elapsed();
    try {
      reading.value = await this.#read(who);
    } catch {
      reading.value = 0;
    }
    reading.measuring = false;
  }

  async #read(who: MemberId | "self"): Promise<number> {
    const { incoming, outgoing } = this.#sources;
    if (who !== "self") {
      const receiver = incoming.slots(who)?.microphone.receiver;
      return receiver === undefined ? 0 : levelIn(await receiver.getStats(), "inbound-rtp");
    }
    const sender = outgoing.anyMicrophone();
    return sender === null ? 0 : levelIn(await sender.getStats(), "media-source");
  }
}
