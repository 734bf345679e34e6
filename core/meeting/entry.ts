import { createAdmissionRequest } from "../membership/admission.ts";
import type { ProblemCode } from "../contract/problems.ts";
import type { Address, PeerId } from "../ports/mesh.ts";
import type { ChannelMessage } from "../wire/channel-messages.ts";
import { keepEarlyWord } from "./early.ts";
import { endSession } from "./ending.ts";
import { JOIN_ANSWER_MS, REDIAL_FIRST_MS, REDIAL_LONGEST_MS, UNREACHABLE_MS } from "./limits.ts";
import { closeLink } from "./link-end.ts";
import { entriesArrived } from "./log.ts";
import { cleanRefusal } from "./names.ts";
import { sendOn } from "./sending.ts";
import type { Entry, Link } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** What a member may give as the reason for a refusal: nobody can make a guest's screen say anything else. */
const REFUSALS = [
  "admission-refused",
  "meeting-full",
  "meeting-locked",
  "invite-not-an-invite",
  "invite-expired",
  "invite-used-up",
  "invite-revoked",
] as const satisfies readonly ProblemCode[];

/** The most peers that a guest tries to reach. */
const MAX_TARGETS = 32;

/** A guest's way in, before anything was tried. */
export function newEntry(elapsed: number, appeal: Uint8Array | null = null): Entry {
  const unreachableAt = elapsed + UNREACHABLE_MS;
  const stage = appeal === null ? "not-asked" : "waiting";
  return { targets: new Map(), unreachableAt, stage, appeal, asked: new Set(), askedAt: 0 };
}

/** Another place where a member may be; dialled at once. */
export function addTarget(
  turn: SessionTurn,
  entry: Entry,
  target: { peer: PeerId; addresses: readonly Address[] },
): void {
  const known = entry.targets.get(target.peer);
  if (known === undefined && entry.targets.size >= MAX_TARGETS) return;
  const addresses = [...new Set([...target.addresses, ...(known?.addresses ?? [])])].slice(0, 8);
  // A dial to somebody known is under way or comes in its time: another at once would only make a second link.
  const { redialAt, pause } = known ?? { redialAt: turn.elapsed, pause: REDIAL_FIRST_MS };
  entry.targets.set(target.peer, { addresses, redialAt, pause });
}

/** Dials the targets that are due and have no link. */
export function dialTargets(turn: SessionTurn, entry: Entry): void {
  if (turn.session.node === null) return;
  const linked = new Set([...turn.session.links.values()].map((link) => link.peer));
  for (const [peer, target] of entry.targets) {
    if (target.redialAt === null || target.redialAt > turn.elapsed) continue;
    target.pause = Math.min(target.pause * 2, REDIAL_LONGEST_MS);
    target.redialAt = turn.elapsed + target.pause;
    if (!linked.has(peer)) turn.effects.push({ type: "dial", peer, addresses: target.addresses });
  }
}

/** The person has pressed `Enter meeting`: the first member reached is asked, the next if it does not answer. */
export function enterAsGuest(turn: SessionTurn, entry: Entry): void {
  if (entry.stage === "not-asked") entry.stage = "entering";
  askNext(turn, entry);
}

/** Asks one more member to be let in, or all of them once a knock has been taken: any may be the one who answers. */
export function askNext(turn: SessionTurn, entry: Entry): void {
  const { session, state } = turn;
  if (entry.stage === "not-asked") return;
  const open = [...session.links.values()].filter((link) => link.stage.name === "channel" && !entry.asked.has(link.id));
  const chosen = entry.stage === "waiting" ? open : open.slice(0, 1);
  entry.askedAt = turn.elapsed;
  if (entry.appeal !== null) {
    for (const link of chosen) {
      entry.asked.add(link.id);
      sendOn(turn, link, { type: "appeal", appeal: entry.appeal });
    }
    return;
  }
  if (chosen.length === 0 || session.capability === null || state.fingerprint === null) return;
  const { signingKey, meetingId } = session;
  const request = createAdmissionRequest({ signingKey, meetingId, fingerprint: state.fingerprint });
  for (const link of chosen) {
    entry.asked.add(link.id);
    sendOn(turn, link, { type: "join", request, capability: session.capability });
  }
}

/** When the next member is to be asked; null if there is nothing to wait for. */
export function nextAskAt(entry: Entry): number | null {
  return entry.stage === "entering" ? entry.askedAt + JOIN_ANSWER_MS : null;
}

/**
 * What a member says to one who does not know of being admitted. The log speaks for itself, whoever brings it; a hello is kept for
 * when it does, because it is said once. The rest counts only from those who were asked.
 */
export function answerToGuest(turn: SessionTurn, link: Link, answer: { entry: Entry; message: ChannelMessage }): void {
  const { entry, message } = answer;
  if (entry.stage === "not-asked") return;
  if (message.type === "entries") return entriesArrived(turn, link, message.entries);
  if (keepEarlyWord(link, message)) return;
  if (message.type === "key") return closeLink(turn, link);
  if (!entry.asked.has(link.id)) return;
  if (message.type === "waiting" && entry.appeal !== null) return appealTaken(turn);
  if (message.type === "waiting") {
    entry.stage = "waiting";
    return askNext(turn, entry);
  }
  if (message.type === "refused") return refused(turn, link, { entry, message });
  if (message.type !== "contacts") closeLink(turn, link);
}

function appealTaken({ state }: SessionTurn): void {
  if (state.ended !== null) state.ended = { ...state.ended, appeal: "taken" };
}

/**
 * One no is not everybody's: whoever holds the invite can say it, so it counts only when nobody else is left to ask.
 */
function refused(
  turn: SessionTurn,
  link: Link,
  answer: { entry: Entry; message: Extract<ChannelMessage, { type: "refused" }> },
): void {
  const { entry, message } = answer;
  closeLink(turn, link);
  if (entry.appeal !== null) return;
  if ([...turn.session.links.values()].some((other) => other.stage.name === "channel")) return askNext(turn, entry);
  const code: ProblemCode = REFUSALS.find((known) => known === message.code) ?? "admission-refused";
  if (code === "admission-refused") {
    return endSession(turn, { cause: "refused", by: "", reason: cleanRefusal(message.reason) });
  }
  turn.state.problem = code;
  entry.stage = "not-asked";
  entry.asked.clear();
}
