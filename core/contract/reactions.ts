import * as v from "valibot";

/** The reactions that there are. Their places in this list are their numbers on the wire. */
export const reactionKinds = ["thumbs-up", "applause", "heart", "laugh", "surprise"] as const;
export const reactionKind = v.picklist(reactionKinds);
export type ReactionKind = v.InferOutput<typeof reactionKind>;
