import * as v from "valibot";
import { MAX_INVITE_LABEL_CHARACTERS } from "./limits.ts";
import { text } from "./parts.ts";

/** How long an invite may stay good, in hours, and how many may come in by it (0 for any number), as the page offers it. */
export const inviteHours = [1, 24, 168] as const;
export const inviteUses = [0, 1, 5] as const;

/** What a person wants of an invite that they sign themselves. */
export const inviteWish = v.strictObject({
  /** Whoever holds the invite can read it. */
  label: text(MAX_INVITE_LABEL_CHARACTERS),
  hours: v.picklist(inviteHours),
  uses: v.picklist(inviteUses),
});
export type InviteWish = v.InferOutput<typeof inviteWish>;

/** What an invite is like when nothing was chosen. */
export const usualInvite: InviteWish = { label: "", hours: 24, uses: 0 };
