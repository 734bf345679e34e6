import * as v from "valibot";
import {
  MAX_CHAT_CHARACTERS,
  MAX_INVITE_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_REASON_CHARACTERS,
  MAX_REFUSAL_CHARACTERS,
} from "./limits.ts";
import { identityCommands, personaCommands, type IdentityCommand } from "./identity.ts";
import { fileCommands } from "./files.ts";
import { inviteWish } from "./invite-wish.ts";
import { localActs } from "./local-acts.ts";
import { reactionKind } from "./reactions.ts";
import { settings } from "./settings.ts";
import { recordCommands } from "./record.ts";
import { admission, chatReference, count, digits, fingerprint, mediaState, memberId, text } from "./parts.ts";
import { invitingWay, ruleCommands } from "./rules.ts";

const name = text(MAX_NAME_CHARACTERS);

/**
 * What the page may ask of the host. None has a reply: the next snapshot shows what came of it.
 * `attach` is a page's first word, also after a reload: it brings the fingerprint of the DTLS certificate that this page
 * will use for all its media links, and the host answers with a snapshot and the links to build.
 */
export const command = v.variant("type", [
  v.strictObject({ type: v.literal("attach"), fingerprint }),
  /** Who makes invites is up to moderators unless something else is chosen. */
  v.strictObject({ type: v.literal("start-meeting"), name, admission, inviting: v.optional(invitingWay) }),
  /** Reads the invite and, if it is good, goes to the screen before entering and looks for the members. */
  v.strictObject({ type: v.literal("open-invite"), name, invite: text(MAX_INVITE_CHARACTERS) }),
  v.strictObject({ type: v.literal("enter-meeting"), name, media: mediaState }),
  /** Back to the home screen, from before entering, while waiting, from the call or from the last screen. */
  v.strictObject({ type: v.literal("leave") }),
  /** Leaves, wipes every key, and ends the app without a question. */
  v.strictObject({ type: v.literal("quit") }),
  /** Makes a fresh invite link and shows it in the snapshot; the usual one unless something else is wished. */
  v.strictObject({ type: v.literal("create-invite"), wish: v.optional(inviteWish) }),
  v.strictObject({ type: v.literal("admit"), knock: count }),
  /** The reason is shown to the one refused, and may be empty. */
  v.strictObject({ type: v.literal("refuse"), knock: count, reason: text(MAX_REFUSAL_CHARACTERS) }),
  v.strictObject({ type: v.literal("remove-member"), member: memberId, reason: text(MAX_REASON_CHARACTERS) }),
  ...ruleCommands,
  ...identityCommands,
  ...personaCommands,
  ...recordCommands,
  ...fileCommands,
  /** From the last screen of somebody removed: one message to those who are left. */
  v.strictObject({ type: v.literal("appeal"), text: v.pipe(text(MAX_REASON_CHARACTERS), v.minLength(1)) }),
  /** Asks for the safety number shared with a member; the snapshots hold it from then on. */
  v.strictObject({ type: v.literal("show-safety-number"), member: memberId }),
  v.strictObject({ type: v.literal("set-verified"), member: memberId, verified: v.boolean() }),
  /** The person has compared this meeting code with the others. */
  v.strictObject({ type: v.literal("mark-compared"), meetingCode: digits }),
  v.strictObject({ type: v.literal("set-media"), media: mediaState }),
  /** With the message that it answers, if it answers one. */
  v.strictObject({
    type: v.literal("send-chat"),
    text: v.pipe(text(MAX_CHAT_CHARACTERS), v.minLength(1)),
    reply: v.optional(chatReference),
  }),
  /** A raised hand stays up until it is lowered or the person leaves. */
  v.strictObject({ type: v.literal("set-hand"), raised: v.boolean() }),
  v.strictObject({ type: v.literal("react"), kind: reactionKind }),
  /** What this person does about others for themselves alone, whole: kept for the page that comes after a reload, and for nothing else. */
  v.strictObject({ type: v.literal("keep-acts"), acts: localActs }),
  v.strictObject({ type: v.literal("dismiss-problem") }),
  /** The person's choices, whole. The network part holds from the next meeting on. */
  v.strictObject({ type: v.literal("change-settings"), settings }),
]);
export type Command = v.InferOutput<typeof command>;
/** What the meeting answers. The rest concerns the persona's file and the app. */
export type MeetingCommand = Exclude<Command, IdentityCommand | { readonly type: "quit" }>;
