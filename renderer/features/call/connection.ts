import type { Participant } from "../../../core/contract/snapshots.ts";

export type Connection = "connecting" | "direct" | "relayed" | "lost" | "away";

/** The state of the media link to a member in one word; null for oneself, who needs none. */
export function connectionOf(participant: Participant): Connection | null {
  if (participant.self) return null;
  // Who is still seen and heard is not away, whatever became of the other link.
  if (participant.away && participant.link !== "connected") return "away";
  if (participant.link === "lost") return "lost";
  if (participant.link === "connecting" || participant.path === "none") return "connecting";
  return participant.path;
}
