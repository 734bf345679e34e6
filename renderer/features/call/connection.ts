import type { Participant } from "../../../core/contract/snapshots.ts";

export type Connection = "connecting" | "direct" | "relayed" | "lost";

/** The state of the media link to a member in one word; null for oneself, who needs none. */
export function connectionOf(participant: Participant): Connection | null {
  if (participant.self) return null;
  if (participant.link === "lost") return "lost";
  if (participant.link === "connecting" || participant.path === "none") return "connecting";
  return participant.path;
}
