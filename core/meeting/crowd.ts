import type { Member } from "../membership/roster.ts";

/**
 * How many one invite lets in by itself in `CROWD_WINDOW_MS`: half of the largest group that this is made for. Friends who come at
 * the hour get in without a click; whoever has a leaked link and a program to make members with stands before a person after that.
 */
export const MAX_ADMITTED_UNASKED = 16;
export const CROWD_WINDOW_MS = 10 * 60_000;

interface Arrival {
  /** The invite it would come in by. */
  readonly capabilityId: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Whether so many of the members came in lately by one invite that the next must be let in by somebody. */
export function isCrowding(members: readonly Member[], { capabilityId, now }: Arrival): boolean {
  const lately = members.filter(
    // The time is the admitter's: one far ahead of here counts for nothing, or it would for ever.
    (member) => member.capabilityId === capabilityId && Math.abs(now - member.admittedAt) < CROWD_WINDOW_MS,
  );
  return lately.length >= MAX_ADMITTED_UNASKED;
}
