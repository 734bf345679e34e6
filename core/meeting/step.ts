import { unreachable } from "../base/errors.ts";
import type { MeetingCommand } from "../contract/commands.ts";
import type { FileCommand } from "../contract/files.ts";
import type { RecordCommand } from "../contract/record.ts";
import { MAX_INVITE_CHARACTERS } from "../contract/limits.ts";
import type { MeshEvent } from "../ports/mesh.ts";
import type { Random } from "../ports/random.ts";
import { admitKnock, refuseKnock } from "./admission.ts";
import { attach, writeWithheld } from "./attaching.ts";
import { awayTimes, markAway } from "./away.ts";
import { sayToAll } from "./chat.ts";
import { redial, tellAddresses } from "./contacts.ts";
import type { Effect } from "./effects.ts";
import { addTarget, askNext, dialTargets, nextAskAt } from "./entry.ts";
import { applyFileCommand, fileEvent, fileRetryTimes, retryFiles } from "./files.ts";
import { setHand } from "./hands.ts";
import type { MeetingEvent } from "./events.ts";
import { makeInvite, wantInvite } from "./invites.ts";
import { keysDue, reinstallKeys, wakeKeys } from "./keys.ts";
import { expireLinks, linkDeadlines, linkMessage, linkOpened } from "./links.ts";
import { linkClosed } from "./link-end.ts";
import { syncDue } from "./log.ts";
import { handleGossip } from "./messages.ts";
import { mediaReported, renewMedia } from "./media.ts";
import { announceNameless } from "./notices.ts";
import { applyRecordCommand } from "./records.ts";
import { endReactions, react, reactionTimes } from "./reactions.ts";
import { rendezvousDue } from "./rendezvous.ts";
import { lookForMembers, returnTo } from "./returning.ts";
import { seekDue, seekTimes } from "./seeking.ts";
import { applyRuleCommand, type RuleCommand } from "./ruling.ts";
import { appeal, enterMeeting, leave, openInvite, setMedia, startMeeting } from "./session.ts";
import { markSilent, silenceTimes } from "./silence.ts";
import { choosePersona, saveContact } from "./personas.ts";
import type { Entry, MeetingState, Session } from "./state.ts";
import { setVerified, showSafetyNumber } from "./verification.ts";
import { inSession, type SessionTurn, type Turn } from "./turn.ts";
import { returningTimes } from "./withheld.ts";

export interface StepInput {
  readonly now: number;
  readonly elapsed: number;
  readonly random: Random;
}

/**
 * One step of the meeting. It takes over the state it is given and returns it with the effects to carry out, in order.
 * It does no I/O, reads no clock and draws no chance but what the input holds: the same history gives the same outcome.
 */
export function step(
  state: MeetingState,
  event: MeetingEvent,
  input: StepInput,
): { readonly state: MeetingState; readonly effects: readonly Effect[] } {
  const turn: Turn = { state, effects: [], ...input };
  try {
    apply(turn, event);
    inSession(turn, writeWithheld);
  } catch (defect) {
    contain(turn, event, defect);
  }
  return { state, effects: turn.effects };
}

/** A defect of ours that somebody's message has found costs them their link, and never the meeting. */
function contain(turn: Turn, event: MeetingEvent, defect: unknown): void {
  turn.effects.push({ type: "report", defect });
  if (event.type !== "mesh" || event.event.type !== "message") return;
  const { link } = event.event;
  inSession(turn, (inside) => {
    inside.effects.push({ type: "close", link });
    linkClosed(inside, link);
  });
}

function apply(turn: Turn, event: MeetingEvent): void {
  switch (event.type) {
    case "command":
      return applyCommand(turn, event.command);
    case "media":
      return inSession(turn, (inside) => mediaReported(inside, event.report));
    case "mesh":
      return inSession(turn, (inside) => applyMesh(inside, event.event));
    case "mesh-started":
      return inSession(turn, (inside) => {
        if (inside.session.run !== event.run) return;
        inside.session.node = { self: event.self, addresses: event.addresses };
        rendezvousDue(inside);
        makeInvite(inside);
        if (inside.session.entry !== null) dialTargets(inside, inside.session.entry);
        else lookForMembers(inside);
      });
    case "return":
      return returnTo(turn, event.place);
    case "mesh-failed":
      if (turn.state.session?.run === event.run) turn.state.problem = "no-network";
      return;
    case "frames-attached":
      turn.state.framesAttached = true;
      return inSession(turn, reinstallKeys);
    case "external-invite":
      // Longer than a page may be shown: what is left is still refused as too long.
      turn.state.externalInvite = event.link.slice(0, MAX_INVITE_CHARACTERS);
      return;
    case "woken":
      return inSession(turn, wake);
    case "file":
      return inSession(turn, (inside) => fileEvent(inside, event.event));
    case "identity":
      turn.state.identity = event.identity;
      return;
    case "profile-unwritable":
    case "settings-damaged":
      turn.state.problem = event.type;
      return;
    default:
      return unreachable(event);
  }
}

function applyCommand(turn: Turn, command: MeetingCommand): void {
  switch (command.type) {
    case "attach":
      return attach(turn, command);
    case "start-meeting":
      return startMeeting(turn, command);
    case "open-invite":
      return openInvite(turn, command);
    case "enter-meeting":
      return enterMeeting(turn, command);
    case "leave":
      return leave(turn);
    case "appeal":
      return appeal(turn, command);
    case "set-media":
      return setMedia(turn, command);
    case "show-persona":
      return inSession(turn, (inside) => choosePersona(inside, command.shown));
    case "dismiss-problem":
      turn.state.problem = null;
      return;
    case "change-settings":
      turn.state.settings = command.settings;
      turn.effects.push({ type: "keep-settings", settings: command.settings });
      return;
    default:
      return inSession(turn, (inside) => {
        if (inside.session.entered) applyCallCommand(inside, command);
      });
  }
}

type CallCommand = Extract<
  MeetingCommand,
  {
    type:
      | "create-invite"
      | "admit"
      | "refuse"
      | "send-chat"
      | "set-hand"
      | "react"
      | "keep-acts"
      | "show-safety-number"
      | "set-verified"
      | "mark-compared"
      | "save-contact";
  }
>;

/** What makes sense only inside a call. */
function applyCallCommand(turn: SessionTurn, command: CallCommand | FileCommand | RecordCommand | RuleCommand): void {
  switch (command.type) {
    case "create-invite":
      return wantInvite(turn, command.wish);
    case "admit":
      return admitKnock(turn, command.knock);
    case "refuse":
      return refuseKnock(turn, command.knock, command.reason);
    case "save-contact":
      return saveContact(turn, command);
    case "send-chat":
      return sayToAll(turn, command);
    case "set-hand":
      return setHand(turn, command.raised);
    case "react":
      return react(turn, command.kind);
    case "keep-acts":
      turn.session.acts = command.acts;
      return;
    case "show-safety-number":
      return showSafetyNumber(turn, command.member);
    case "set-verified":
      return setVerified(turn, command);
    case "mark-compared":
      turn.session.comparedCode = command.meetingCode;
      return;
    case "choose-file":
    case "take-file":
    case "drop-file":
      return applyFileCommand(turn, command);
    case "name-in-records":
    case "export-record":
    case "take-record":
      return applyRecordCommand(turn, command);
    default:
      return applyRuleCommand(turn, command);
  }
}

function applyMesh(turn: SessionTurn, event: MeshEvent): void {
  const { entry } = turn.session;
  switch (event.type) {
    case "link-opened":
      return linkOpened(turn, event);
    case "message":
      return linkMessage(turn, event.link, event.bytes);
    case "link-closed":
      return linkClosed(turn, event.link);
    case "peer-found":
      if (entry === null) return;
      addTarget(turn, entry, event);
      return dialTargets(turn, entry);
    case "addresses":
      if (turn.session.node === null) return;
      turn.session.node.addresses = event.addresses;
      return tellAddresses(turn);
    case "gossip":
      return handleGossip(turn, event);
    // Redialling has its own times.
    case "dial-failed":
      return;
    default:
      return unreachable(event);
  }
}

/** Everything whose time has come. */
function wake(turn: SessionTurn): void {
  const { session } = turn;
  rendezvousDue(turn);
  expireLinks(turn);
  redial(turn);
  markAway(turn);
  markSilent(turn);
  endReactions(turn);
  retryFiles(turn);
  if (session.entry !== null) wakeInLobby(turn, session.entry);
  for (const contact of session.contacts.values()) {
    if (contact.mediaRenewAt !== null && contact.mediaRenewAt <= turn.elapsed) renewMedia(turn, contact);
  }
  seekDue(turn);
  syncDue(turn);
  announceNameless(turn);
  wakeKeys(turn);
}

function wakeInLobby(turn: SessionTurn, entry: Entry): void {
  dialTargets(turn, entry);
  const ask = nextAskAt(entry);
  if (ask !== null && ask <= turn.elapsed) askNext(turn, entry);
  if (entry.unreachableAt !== null && entry.unreachableAt <= turn.elapsed) entry.unreachableAt = null;
}

/** When the state next wants a `woken` event, in elapsed ms; null if nothing is due without one. */
export function nextWake({ session }: MeetingState): number | null {
  if (session === null) return null;
  const due = [
    ...linkDeadlines(session),
    ...dueInLobby(session),
    ...awayTimes(session),
    ...silenceTimes(session),
    ...returningTimes(session),
    ...reactionTimes(session),
    ...fileRetryTimes(session),
    ...(session.syncAt === null ? [] : [session.syncAt]),
    ...seekTimes(session),
    ...(session.node === null ? [] : [session.rendezvous.checkAt]),
    ...keysDue(session),
  ];
  for (const contact of session.contacts.values()) {
    if (contact.link === null && contact.redialAt !== null) due.push(contact.redialAt);
    if (contact.mediaRenewAt !== null) due.push(contact.mediaRenewAt);
  }
  for (const { wait } of session.notices) if (wait !== null) due.push(wait.until);
  return due.length === 0 ? null : Math.min(...due);
}

function dueInLobby({ entry, node }: Session): number[] {
  if (entry === null) return [];
  const targets = node === null ? [] : [...entry.targets.values()].map((target) => target.redialAt);
  return [...targets, nextAskAt(entry), entry.unreachableAt].filter((at) => at !== null);
}
