import * as v from "valibot";
import {
  MAX_CHAT_CHARACTERS,
  MAX_CHAT_MESSAGES,
  MAX_INVITE_CHARACTERS,
  MAX_INVITE_LABEL_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_PARTICIPANTS,
  MAX_REASON_CHARACTERS,
  MAX_SHARED_FILES,
} from "./limits.ts";
import { sharedFile } from "./files.ts";
import { identity, personaOfMember } from "./identity.ts";
import { localActs } from "./local-acts.ts";
import { linkPath, linkState } from "./media-messages.ts";
import { admission, chatReference, count, digits, mediaState, memberId, text, timestamp } from "./parts.ts";
import { problemCode } from "./problems.ts";
import { recordFile } from "./record.ts";
import { reactionKind } from "./reactions.ts";
import { rules } from "./rules.ts";
import { settings } from "./settings.ts";

const name = text(MAX_NAME_CHARACTERS);

const participant = v.strictObject({
  id: memberId,
  /** Empty until the member has told it over the pairwise channel. Others' names are cleaned of control and direction characters. */
  name,
  self: v.boolean(),
  moderator: v.boolean(),
  /** Came in while this person was in the call already, who has not chosen yet to see them. */
  newcomer: v.boolean(),
  joinedAt: timestamp,
  media: mediaState,
  /** Whether this client has a working pairwise channel to the member (true for oneself). */
  reachable: v.boolean(),
  /** Out of reach of this client for two minutes or more. Nothing is written into the log about it. */
  away: v.boolean(),
  link: linkState,
  path: linkPath,
  /** The epoch of the sender key under which this member's frames are opened; 0 before the first. */
  epoch: count,
  /** Shared by this person and the member; null for oneself, and until it is asked for. */
  safetyNumber: v.nullable(digits),
  /** The name that the member had when this person verified them; null for who is not verified. Until the meeting ends. */
  verifiedAs: v.nullable(name),
  /** Not verified, and bears the name of somebody who is: another key. */
  namesake: v.boolean(),
  persona: personaOfMember,
  /** Has agreed that this name stands in records of the meeting. */
  inRecords: v.boolean(),
  /** The place in the line of raised hands, from 1; 0 for a hand that is down. The same on every screen. */
  hand: count,
  /** What the member reacts with at this moment; another number for each time. */
  reaction: v.nullable(v.strictObject({ id: count, kind: reactionKind })),
});
export type Participant = v.InferOutput<typeof participant>;

/** How a meeting can be ruled differently from before. */
export const rulingKinds = [
  /** Asks to be let back in. */
  "appealed",
  "appointed",
  "dismissed",
  "locked",
  "unlocked",
  "invite-closed",
  "admission-invite",
  "admission-knock-any",
  "admission-knock-moderator",
  "removal-moderators",
  "removal-votes",
  "inviting-moderators",
  "inviting-members",
] as const;

/** What can happen in a meeting that everybody in it is told. */
export const noticeKinds = [
  "joined",
  "left",
  "removed",
  /** Removed by votes, so by nobody in particular. */
  "voted-out",
  /** Has signed two histories of the meeting. */
  "equivocated",
  /** Let back in by votes. */
  "readmitted",
  ...rulingKinds,
] as const;

const notice = v.strictObject({
  id: text(64),
  kind: v.picklist(noticeKinds),
  /** Whom it is about; where it is about the meeting, whoever did it. */
  member: memberId,
  /** The name as last known, which stays when the member is no participant any more. May be empty. */
  name,
  by: v.nullable(memberId),
  byName: name,
  /** Of a removal; the words of an appeal; what a closed invite was called. */
  reason: text(MAX_REASON_CHARACTERS),
  /** When it was done, as whoever did it has signed; when this client heard of it, if there is no such time or it cannot be true. */
  at: timestamp,
  /** The signed time cannot be true. */
  misdated: v.boolean(),
});
export type Notice = v.InferOutput<typeof notice>;

const chatMessage = v.strictObject({
  id: text(64),
  from: memberId,
  /** The sender's name as last known. May be empty. */
  name,
  text: text(MAX_CHAT_CHARACTERS),
  /** The message that it answers, if that is among those shown here. */
  reply: v.nullable(chatReference),
  at: timestamp,
  /** Members whom it has reached, of those who were in the call when it was sent; only for one's own. */
  delivered: count,
  recipients: count,
});
export type ChatMessage = v.InferOutput<typeof chatMessage>;

const home = v.strictObject({
  screen: v.literal("home"),
  /** An invite that came by a `vigil://` link, to be shown in the textbox; empty if none. */
  invite: text(MAX_INVITE_CHARACTERS),
});

/** The screen before entering: preview, devices, `Enter meeting`. */
const lobby = v.strictObject({
  screen: v.literal("lobby"),
  role: v.picklist(["starter", "guest"]),
  admission,
  /**
   * For a guest: connecting (looking for members), reached (somebody answered), unreachable (nobody did; it keeps trying).
   * For a starter always reached.
   */
  reach: v.picklist(["connecting", "reached", "unreachable"]),
  /** not-asked: `Enter meeting` not pressed; entering: pressed; waiting: knocked, somebody must answer. */
  entry: v.picklist(["not-asked", "entering", "waiting"]),
});

const call = v.strictObject({
  screen: v.literal("call"),
  self: memberId,
  meetingCode: digits,
  /** Whether the person has compared it; changed: they have, and it was another one then. */
  codeCompared: v.picklist(["no", "yes", "changed"]),
  startedAt: timestamp,
  admission,
  rules,
  participants: v.pipe(v.array(participant), v.maxLength(MAX_PARTICIPANTS)),
  /** People waiting to be admitted; label is what the invite's maker called it, empty if nothing. */
  knocks: v.pipe(v.array(v.strictObject({ knock: count, label: text(100), at: timestamp })), v.maxLength(50)),
  invite: v.nullable(
    v.strictObject({
      link: text(MAX_INVITE_CHARACTERS),
      expiresAt: timestamp,
      label: text(MAX_INVITE_LABEL_CHARACTERS),
      /** How many may come in by it; 0 for any number. */
      uses: count,
      /** Whether this person signed it, and so may choose what the next is like; others pass on the one they came with. */
      own: v.boolean(),
      /** Whether it lets anybody in as the meeting is ruled now; its time and number of uses aside. */
      works: v.boolean(),
    }),
  ),
  chat: v.pipe(v.array(chatMessage), v.maxLength(MAX_CHAT_MESSAGES)),
  files: v.pipe(v.array(sharedFile), v.maxLength(MAX_SHARED_FILES)),
  notices: v.pipe(v.array(notice), v.maxLength(100)),
  /** What the page has chosen about others last. */
  acts: localActs,
  /** The record that the person has asked for, until the page has taken it. */
  record: v.nullable(recordFile),
});

/** The call is over for this person, and why. Only they themselves or a signed removal can bring them here. */
const ended = v.strictObject({
  screen: v.literal("ended"),
  cause: v.picklist(["left", "removed", "refused"]),
  by: name,
  reason: text(MAX_REASON_CHARACTERS),
  at: timestamp,
  /** none: there is nothing to appeal against; possible: one message can be written; then it is on its way, and taken by a member. */
  appeal: v.picklist(["none", "possible", "sending", "taken"]),
});

/** Everything the page shows, whole, each time something changes. Holds no key and no address. */
export const snapshot = v.strictObject({
  revision: count,
  view: v.variant("screen", [home, lobby, call, ended]),
  /** The last thing that went wrong and has not been dismissed. */
  problem: v.nullable(problemCode),
  settings,
  identity,
});
export type Snapshot = v.InferOutput<typeof snapshot>;
export type View = Snapshot["view"];
export type ScreenOf<S extends View["screen"]> = Extract<View, { screen: S }>;
