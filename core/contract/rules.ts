import * as v from "valibot";
import { MAX_NAME_CHARACTERS, MAX_PARTICIPANTS, MAX_REASON_CHARACTERS, MAX_SHOWN_NAMES } from "./limits.ts";
import { admission, count, memberId, text, timestamp } from "./parts.ts";

/** Who decides that somebody must go: a moderator alone, or more than half of the members. */
export const removalWays = ["moderators", "votes"] as const;
const removalWay = v.picklist(removalWays);
/** Whose invites count, and so who can make them. */
export const invitingWays = ["moderators", "members"] as const;
export const invitingWay = v.picklist(invitingWays);
export type InvitingWay = v.InferOutput<typeof invitingWay>;
const motion = v.picklist(["remove", "readmit"]);
/** The id of a capability: 16 bytes in lower-case hex. */
const inviteId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const reason = text(MAX_REASON_CHARACTERS);
const name = text(MAX_NAME_CHARACTERS);

/** What a member may ask of the meeting as such. What the rules do not allow has no effect. */
export const ruleCommands = [
  /** For or against a removal or a return; the latest word counts. Enough votes decide without another command. */
  v.strictObject({ type: v.literal("vote"), motion, member: memberId, approve: v.boolean(), reason }),
  /** Removes several at once, as after a raid, for one reason: they all go together. Those who cannot be removed are passed over. */
  v.strictObject({
    type: v.literal("remove-members"),
    members: v.pipe(v.array(memberId), v.minLength(1), v.maxLength(MAX_PARTICIPANTS)),
    reason,
  }),
  /** Makes somebody a moderator, or no moderator any more. */
  v.strictObject({ type: v.literal("appoint"), member: memberId }),
  v.strictObject({ type: v.literal("dismiss"), member: memberId }),
  /** Nobody comes in by this invite any more. */
  v.strictObject({ type: v.literal("revoke-invite"), invite: inviteId }),
  v.strictObject({ type: v.literal("lock") }),
  v.strictObject({ type: v.literal("unlock") }),
  v.strictObject({ type: v.literal("set-policy"), admission, removal: removalWay, inviting: invitingWay }),
] as const;

const openMotion = v.strictObject({
  motion,
  member: memberId,
  name,
  /** Why somebody shall go, by the first who wants it; empty for a return. */
  reason,
  /** Who that is; empty for a return, and while no name has come. */
  byName: name,
  /** What the removed says for themselves; empty for a removal. */
  appeal: reason,
  at: timestamp,
  approvals: count,
  needed: count,
  /** Whether this person is for it. */
  own: v.boolean(),
});

export type Motion = v.InferOutput<typeof openMotion>;

const invite = v.strictObject({
  id: inviteId,
  label: text(100),
  by: memberId,
  byName: name,
  expiresAt: timestamp,
  /** Who is here and came in by it, in the order in which they came. */
  members: v.pipe(v.array(memberId), v.maxLength(MAX_PARTICIPANTS)),
  /** How many may come in by it; 0 for any number. */
  uses: count,
  /** How many have. */
  used: count,
  /** The names of the first of them, empty where none has come. */
  cameIn: v.pipe(v.array(name), v.maxLength(MAX_SHOWN_NAMES)),
  revoked: v.boolean(),
  /** Whether this person may revoke it. */
  revocable: v.boolean(),
});

/** How the meeting is ruled, and what is being decided. */
export const rules = v.strictObject({
  /** Nobody comes in for now. */
  locked: v.boolean(),
  /** What the policy says about coming in. After a removal newcomers knock all the same, which the call's `admission` tells. */
  admission,
  removal: removalWay,
  inviting: invitingWay,
  /** Whether votes decide on removals now: the policy says so, no moderator is left, or none was heard for a minute. */
  votesDecide: v.boolean(),
  motions: v.pipe(v.array(openMotion), v.maxLength(64)),
  /** Those this person made, and those by which somebody came in. */
  invites: v.pipe(v.array(invite), v.maxLength(100)),
});
export type Invite = v.InferOutput<typeof invite>;
export type Rules = v.InferOutput<typeof rules>;
