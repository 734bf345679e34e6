import type { ScreenOf } from "../../../core/contract/snapshots.ts";

type Call = Pick<ScreenOf<"call">, "participants" | "rules">;

/** Whether this person is a moderator now. */
export function isModerating({ participants }: Pick<Call, "participants">): boolean {
  return participants.some(({ self, moderator }) => self && moderator);
}

/** How this person can have somebody removed: by a vote where votes decide, alone as a moderator; null for not at all. */
export function removalWay(call: Call): "vote" | "alone" | null {
  if (call.rules.votesDecide) return "vote";
  return isModerating(call) ? "alone" : null;
}
