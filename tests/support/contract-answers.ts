import type { Command, MeetingCommand } from "../../core/contract/commands.ts";
import type { FileReference, SharedFile } from "../../core/contract/files.ts";
import { isIdentityCommand, type IdentityView } from "../../core/contract/identity.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { Participant, ScreenOf, View } from "../../core/contract/snapshots.ts";
import { usualInvite } from "../../core/contract/invite-wish.ts";
import type { Settings } from "../../core/contract/settings.ts";
import type { ProblemCode } from "../../core/contract/problems.ts";
import { sampleFile } from "./file-scenes.ts";
import { answerIdentity } from "./identity-answers.ts";
import { sampleCall, sampleInvite, sampleRecord, sampleSafetyNumber } from "./scenes.ts";

/** What the double has shown last; commands turn one into the next. */
export interface DoubleState {
  readonly view: View;
  readonly problem: ProblemCode | null;
  readonly settings: Settings;
  readonly identity: IdentityView;
}

const home: View = { screen: "home", invite: "" };

function inCall(
  state: DoubleState,
  change: (call: ScreenOf<"call">) => Partial<ScreenOf<"call">>,
): Partial<DoubleState> {
  const { view } = state;
  return view.screen === "call" ? { view: { ...view, ...change(view) } } : {};
}

function changed(
  { participants }: ScreenOf<"call">,
  member: MemberId,
  change: (participant: Participant) => Partial<Participant>,
): Participant[] {
  return participants.map((one) => (one.id === member ? { ...one, ...change(one) } : one));
}

function enter(state: DoubleState, command: Extract<Command, { type: "enter-meeting" }>): Partial<DoubleState> {
  const call = sampleCall(1);
  const participants = call.participants.map((own) => ({ ...own, name: command.name, media: command.media }));
  const admission = state.view.screen === "lobby" ? state.view.admission : "invite";
  return { view: { ...call, admission, participants } };
}

function voted(
  { rules, participants }: ScreenOf<"call">,
  { motion, member, approve, reason }: Extract<Command, { type: "vote" }>,
): ScreenOf<"call">["rules"]["motions"] {
  const about = { motion, member, name: participants.find(({ id }) => id === member)?.name ?? "" };
  const fresh = { ...about, reason, byName: "Ada", appeal: "", at: Date.now(), approvals: 0, needed: 0, own: false };
  const open = rules.motions.find((one) => one.motion === motion && one.member === member) ?? fresh;
  const approvals = open.approvals + Number(approve) - Number(open.own);
  const needed = Math.floor(participants.length / 2) + 1;
  const others = rules.motions.filter((one) => one.motion !== motion || one.member !== member);
  return [...others, ...(approvals > 0 ? [{ ...open, approvals, needed, own: approve }] : [])];
}

function withFile(
  { files }: ScreenOf<"call">,
  { from, id }: FileReference,
  change: (file: SharedFile) => Partial<SharedFile>,
): SharedFile[] {
  return files.map((file) => (file.from === from && file.id === id ? { ...file, ...change(file) } : file));
}

/** What a host that always succeeds at once makes of a command. */
export function answer(state: DoubleState, command: Command): Partial<DoubleState> {
  if (isIdentityCommand(command)) return { identity: answerIdentity(state.identity, command) };
  if (command.type === "quit") return { view: { screen: "home", invite: "" } };
  return answerOfMeeting(state, command);
}

function answerOfMeeting(state: DoubleState, command: MeetingCommand): Partial<DoubleState> {
  switch (command.type) {
    case "appoint":
    case "dismiss":
      return inCall(state, (call) => ({
        participants: changed(call, command.member, () => ({ moderator: command.type === "appoint" })),
      }));
    case "lock":
    case "unlock":
      return inCall(state, (call) => ({ rules: { ...call.rules, locked: command.type === "lock" } }));
    case "set-policy":
      return inCall(state, (call) => ({
        admission: command.admission,
        rules: {
          ...call.rules,
          admission: command.admission,
          removal: command.removal,
          inviting: command.inviting,
          votesDecide: command.removal === "votes",
        },
      }));
    case "revoke-invite":
      return inCall(state, (call) => ({
        rules: {
          ...call.rules,
          invites: call.rules.invites.map((one) =>
            one.id === command.invite ? { ...one, revoked: true, revocable: false } : one,
          ),
        },
      }));
    case "vote":
      return inCall(state, (call) => ({
        rules: { ...call.rules, motions: voted(call, command) },
      }));
    case "appeal":
      return state.view.screen === "ended" ? { view: { ...state.view, appeal: "taken" } } : {};
    case "attach":
      return {};
    case "start-meeting":
      return {
        view: { screen: "lobby", role: "starter", admission: command.admission, reach: "reached", entry: "not-asked" },
      };
    case "open-invite":
      return {
        view: { screen: "lobby", role: "guest", admission: "invite", reach: "connecting", entry: "not-asked" },
      };
    case "enter-meeting":
      return enter(state, command);
    case "leave":
      return {
        view:
          state.view.screen === "call"
            ? { screen: "ended", cause: "left", by: "", reason: "", at: Date.now(), appeal: "none" }
            : home,
      };
    case "create-invite":
      return inCall(state, (call) => {
        const { label, hours, uses } = command.wish ?? usualInvite;
        const own = call.rules.inviting === "members" || call.participants.some((one) => one.self && one.moderator);
        // Whoever may not make invites is given the same one each time.
        if (!own && call.invite !== null) return { invite: call.invite };
        const link = call.invite === null ? sampleInvite : `${sampleInvite}A`;
        return { invite: { link, expiresAt: Date.now() + hours * 3_600_000, label, uses, own, works: true } };
      });
    case "keep-acts":
      return inCall(state, () => ({ acts: command.acts }));
    case "admit":
    case "refuse":
      return inCall(state, (call) => ({ knocks: call.knocks.filter(({ knock }) => knock !== command.knock) }));
    case "remove-member":
      return inCall(state, (call) => without(call, [command.member], command.reason));
    case "remove-members":
      return inCall(state, (call) => without(call, command.members, command.reason));
    case "show-safety-number":
      return inCall(state, (call) => ({
        participants: changed(call, command.member, () => ({ safetyNumber: sampleSafetyNumber })),
      }));
    case "set-verified":
      return inCall(state, (call) => ({
        participants: changed(call, command.member, ({ name }) => ({ verifiedAs: command.verified ? name : null })),
      }));
    case "mark-compared":
      return inCall(state, () => ({ codeCompared: "yes" }));
    case "set-media":
      return inCall(state, (call) => ({
        participants: call.participants.map((one) => (one.self ? { ...one, media: command.media } : one)),
      }));
    case "send-chat":
      return inCall(state, (call) => ({
        chat: [
          ...call.chat,
          {
            id: `c${call.chat.length}`,
            from: call.self,
            name: "Ada",
            text: command.text,
            reply: command.reply ?? null,
            at: Date.now(),
            delivered: 0,
            recipients: call.participants.length - 1,
          },
        ],
      }));
    case "choose-file":
      return inCall(state, (call) => ({ files: [...call.files, sampleFile({ from: call.self })] }));
    case "take-file":
      return inCall(state, (call) => ({
        files: withFile(call, command.file, (file) => ({
          state: "saved",
          done: file.size,
          path: `/home/ada/Downloads/${file.file}`,
        })),
      }));
    case "drop-file":
      return inCall(state, (call) => ({
        files: withFile(call, command.file, ({ from }) => ({ state: from === call.self ? "withdrawn" : "declined" })),
      }));
    case "set-hand":
      return inCall(state, (call) => ({ participants: withHand(call, command.raised) }));
    case "react":
      return inCall(state, (call) => ({
        participants: changed(call, call.self, ({ reaction }) => ({
          reaction: { id: (reaction?.id ?? 0) + 1, kind: command.kind },
        })),
      }));
    case "show-persona":
      return { identity: { ...state.identity, shown: command.shown } };
    case "save-contact":
      return inCall(state, (call) => ({
        participants: changed(call, command.member, ({ persona }) => ({
          persona: { ...persona, contact: command.name, unlike: null },
        })),
      }));
    case "name-in-records":
      return inCall(state, (call) => ({
        participants: changed(call, call.self, () => ({ inRecords: command.allowed })),
      }));
    case "export-record":
      return inCall(state, () => ({ record: sampleRecord }));
    case "take-record":
      return inCall(state, () => ({ record: null }));
    case "change-settings":
      return { settings: command.settings };
    case "dismiss-problem":
      return { problem: null };
  }
}

/** The line of hands once this person has joined it at its end, or left it. */
function withHand({ participants, self }: ScreenOf<"call">, raised: boolean): Participant[] {
  const rest = participants.filter(({ id, hand }) => id !== self && hand > 0).sort((a, b) => a.hand - b.hand);
  const line = [...rest.map(({ id }) => id), ...(raised ? [self] : [])];
  return participants.map((one) => ({ ...one, hand: line.indexOf(one.id) + 1 }));
}

/** What is left once a moderator has removed some. */
function without(call: ScreenOf<"call">, members: readonly MemberId[], reason: string): Partial<ScreenOf<"call">> {
  const told = members.map((member, place) => ({
    id: `n${call.notices.length + place}`,
    kind: "removed" as const,
    member,
    name: call.participants.find(({ id }) => id === member)?.name ?? "",
    by: call.self,
    byName: "Ada",
    reason,
    at: Date.now(),
    misdated: false,
  }));
  return {
    participants: call.participants.filter(({ id }) => !members.includes(id)),
    notices: [...call.notices, ...told],
  };
}
