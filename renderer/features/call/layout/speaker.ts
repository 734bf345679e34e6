import type { MemberId } from "../../../../core/contract/parts.ts";

/** Who was found to speak, and what led to it. */
export interface SpeakerState {
  readonly speaker: MemberId | null;
  /** When that was found, in ms. */
  readonly since: number;
  /** How much each has spoken lately, 0 to 1. */
  readonly voices: ReadonlyMap<MemberId, number>;
  /** When the levels were read last, in ms. */
  readonly at: number;
}

export const NOBODY: SpeakerState = { speaker: null, since: Number.NEGATIVE_INFINITY, voices: new Map(), at: 0 };

/** A voice is taken for one after so long and kept through pauses for so long, in ms: a cough is no speech, a breath no end. */
const RISES_MS = 600;
const FALLS_MS = 1_500;
/** Fainter than this is nobody's voice. */
const FAINTEST = 0.025;
/** Somebody else must be so much louder over the last moments. */
const LOUDER = 1.6;
/** Nobody is replaced sooner, in ms. */
export const STAYS_MS = 2_500;

function follow(before: number, level: number, ms: number): number {
  const spoken = Number.isFinite(level) ? Math.min(1, Math.max(0, level)) : 0;
  return before + (spoken - before) * (1 - Math.exp(-Math.max(0, ms) / (spoken > before ? RISES_MS : FALLS_MS)));
}

/** Who speaks after another look at everybody's level (0 to 1). Slow to change, so that nobody flickers over the screen. */
export function nextSpeaker(state: SpeakerState, levels: ReadonlyMap<MemberId, number>, at: number): SpeakerState {
  const voices = new Map(
    [...levels].map(([member, level]) => [member, follow(state.voices.get(member) ?? 0, level, at - state.at)]),
  );
  const present = state.speaker !== null && levels.has(state.speaker) ? state.speaker : null;
  let loudest = present;
  for (const [member, voice] of voices) {
    if (voice >= FAINTEST && voice > (loudest === null ? 0 : (voices.get(loudest) ?? 0))) loudest = member;
  }
  const presentVoice = present === null ? 0 : (voices.get(present) ?? 0);
  const louder = loudest !== null && (voices.get(loudest) ?? 0) > LOUDER * presentVoice;
  const may = present === null || (louder && at - state.since >= STAYS_MS);
  if (loudest === present || !may) return { ...state, speaker: present, voices, at };
  return { speaker: loudest, since: at, voices, at };
}
