import type { ReactionKind } from "../../../core/contract/reactions.ts";
import type { IconName } from "../../ui/icon.tsx";

/** Drawn by the app, so that they look the same on every system. */
export const reactionIcons: Readonly<Record<ReactionKind, IconName>> = {
  "thumbs-up": "thumbs-up",
  applause: "applause",
  heart: "heart",
  laugh: "laugh",
  surprise: "surprise",
};
