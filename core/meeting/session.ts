import { toBase64Url } from "../base/bytes.ts";
import { Secret } from "../base/secret.ts";
import type { Command } from "../contract/commands.ts";
import { noActs } from "../contract/local-acts.ts";
import { MAX_REASON_CHARACTERS } from "../contract/limits.ts";
import type { MemberId } from "../contract/parts.ts";
import { SigningKey } from "../crypto/signing.ts";
import { createAdmissionRequest } from "../membership/admission.ts";
import { createAppeal } from "../membership/appeal.ts";
import { author, createLog } from "../membership/log.ts";
import { deriveMeetingId, rendezvousTag } from "../membership/meeting-id.ts";
import { readCapability } from "../membership/capability.ts";
import { decodeInvite } from "../wire/invite.ts";
import { FULL } from "./budget.ts";
import { tellProfile } from "./contacts.ts";
import { endSession, forgetExile } from "./ending.ts";
import { addTarget, enterAsGuest, newEntry } from "./entry.ts";
import { groupByPeer } from "./addresses.ts";
import { releaseWithheld, write } from "./log.ts";
import { cleanName, cleanText } from "./names.ts";
import { wantInvite } from "./invites.ts";
import { becomeMember } from "./roster-change.ts";
import { newSeeking } from "./seeking.ts";
import type { Session } from "./state.ts";
import { inSession, type Turn } from "./turn.ts";

type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

const SILENT = { microphone: false, camera: false, screen: false };

/** A new meeting with this person as its root. Its mesh is made while they look at themselves before entering. */
export function startMeeting(turn: Turn, command: CommandOf<"start-meeting">): void {
  const { state } = turn;
  const name = cleanName(command.name);
  if (!mayBegin(turn, name) || state.fingerprint === null) return;
  const secret = new Secret("meeting-secret", turn.random.bytes(32));
  const session = newSession(turn, { role: "starter", name, secret, root: null });
  const created = author(createLog({ meetingId: session.meetingId, root: session.root }), {
    key: session.signingKey,
    time: turn.now,
    body: {
      type: "create",
      policy: {
        admission: command.admission,
        removal: "moderators",
        inviting: command.inviting ?? "moderators",
      },
      fingerprint: state.fingerprint,
    },
  });
  session.log = created.log;
  session.admission = command.admission;
  begin(turn, session);
}

/** Reads an invite. A bad one is refused with its reason and nothing is dialled; a good one leads to the screen before entering. */
export function openInvite(turn: Turn, command: CommandOf<"open-invite">): void {
  const { state } = turn;
  const name = cleanName(command.name);
  if (!mayBegin(turn, name)) return;
  const invite = decodeInvite(command.invite);
  if (!invite.ok) {
    state.problem = invite.error.code;
    return;
  }
  const { meetingSecret, root, capability, addresses } = invite.value;
  const session = newSession(turn, { role: "guest", name, secret: meetingSecret, root, capability });
  const grant = readCapability(capability, session.meetingId);
  if (!grant.ok || grant.value.expiresAt <= turn.now) {
    state.problem = grant.ok ? "invite-expired" : "invite-not-an-invite";
    session.secret.wipe();
    session.signingKey.wipe();
    session.peerKey.wipe();
    return;
  }
  const entry = newEntry(turn.elapsed);
  session.entry = entry;
  for (const [peer, own] of groupByPeer(addresses)) addTarget({ ...turn, session }, entry, { peer, addresses: own });
  state.externalInvite = "";
  begin(turn, session);
}

function mayBegin(turn: Turn, name: string): boolean {
  const { state } = turn;
  if (state.session !== null) state.problem = "already-in-a-meeting";
  else if (name === "") state.problem = "name-empty";
  else {
    state.problem = null;
    return true;
  }
  return false;
}

/** What a session begins with. */
export interface Founding {
  readonly role: Session["role"];
  readonly name: string;
  readonly secret: Secret<"meeting-secret">;
  /** The root of the log; null for the meeting's starter, whose own key it is. */
  readonly root: Uint8Array | null;
  readonly capability?: Uint8Array;
  /** Of somebody who comes back as who they were; fresh ones without them. */
  readonly signingKey?: SigningKey;
  readonly peerKey?: Secret<"peer-key">;
  readonly epochsBefore?: number;
}

/** Everything of a meeting before it has begun. */
export function newSession(turn: Turn, founding: Founding): Session {
  const signingKey = founding.signingKey ?? SigningKey.generate(turn.random);
  const meetingId = deriveMeetingId(founding.secret);
  const root = founding.root ?? signingKey.publicKey;
  return {
    run: ++turn.state.runs,
    role: founding.role,
    secret: founding.secret,
    meetingId,
    root,
    signingKey,
    peerKey: founding.peerKey ?? new Secret("peer-key", turn.random.bytes(32)),
    self: toBase64Url(signingKey.publicKey) as MemberId,
    capability: founding.capability ?? null,
    admission: "invite",
    name: founding.name,
    media: SILENT,
    hand: 0,
    reaction: null,
    handBudget: FULL,
    reactionBudget: FULL,
    reactionCount: 0,
    log: createLog({ meetingId, root }),
    node: null,
    rendezvous: { tags: [rendezvousTag(founding.secret, turn.now)], checkAt: turn.elapsed },
    entry: null,
    links: new Map(),
    contacts: new Map(),
    knocks: new Map(),
    knockCount: 0,
    senderKeys: null,
    epochsBefore: founding.epochsBefore ?? 0,
    returning: null,
    keysWakeAt: null,
    invite: null,
    inviteWanted: null,
    made: [],
    chat: [],
    ownFiles: new Map(),
    offeredFiles: new Map(),
    notices: [],
    acts: noActs,
    names: new Map(),
    safetyNumbers: new Map(),
    foundHere: new Set(),
    verified: new Map(),
    personaShown: null,
    personas: new Map(),
    recordName: null,
    recordNames: new Map(),
    record: null,
    comparedCode: null,
    entered: false,
    startedAt: turn.now,
    syncAt: null,
    seeking: newSeeking(),
    handshakes: new Map(),
  };
}

/** Somebody removed says their one message: their members are looked for again, and whoever is found passes it on. */
export function appeal(turn: Turn, command: CommandOf<"appeal">): void {
  const { state } = turn;
  const { exile, fingerprint, ended } = state;
  if (exile === null || fingerprint === null || state.session !== null || ended?.appeal !== "possible") return;
  const { secret, root, signingKey, removal, places } = exile;
  const meetingId = deriveMeetingId(secret);
  const request = createAdmissionRequest({ signingKey, meetingId, fingerprint });
  const text = cleanText(command.text, MAX_REASON_CHARACTERS);
  const said = createAppeal({ meetingId, signingKey, removal, request, text });
  const session = newSession(turn, { role: "guest", name: exile.name, secret, root, signingKey });
  session.log = exile.log;
  session.recordName = exile.recordName;
  const entry = newEntry(turn.elapsed, said);
  session.entry = entry;
  for (const place of places) addTarget({ ...turn, session }, entry, place);
  state.session = session;
  state.ended = { ...ended, appeal: "sending" };
  startMesh(turn, session);
}

function begin(turn: Turn, session: Session): void {
  forgetExile(turn);
  turn.state.session = session;
  turn.state.ended = null;
  startMesh(turn, session);
}

/** Asks for the node of a session. */
export function startMesh(turn: Turn, session: Session): void {
  const { run, peerKey } = session;
  const [tag = ""] = session.rendezvous.tags;
  turn.effects.push({ type: "start-mesh", run, rendezvousTag: tag, peerKey });
}

/** `Enter meeting`: the starter is in; a guest asks to be. */
export function enterMeeting(turn: Turn, command: CommandOf<"enter-meeting">): void {
  inSession(turn, (inside) => {
    const { session } = inside;
    const name = cleanName(command.name);
    if (session.entered) return;
    if (name !== "") session.name = name;
    session.media = command.media;
    turn.state.problem = null;
    if (session.entry === null) {
      becomeMember(inside);
      // The first thing a starter needs is a link to send.
      wantInvite(inside);
    } else enterAsGuest(inside, session.entry);
  });
}

/** Back to the home screen from wherever the person is. Leaving a call is signed into the log, so that all see it. */
export function leave(turn: Turn): void {
  turn.state.ended = null;
  turn.state.problem = null;
  if (turn.state.session === null) forgetExile(turn);
  turn.state.exile = null;
  inSession(turn, (inside) => {
    const wasIn = inside.session.entered;
    if (wasIn) releaseWithheld(inside);
    if (wasIn) write(inside, { type: "leave" });
    if (turn.state.session !== null) endSession(inside, wasIn ? { cause: "left", by: "", reason: "" } : null);
  });
}

/** The page now sends something else: members hear of it. */
export function setMedia(turn: Turn, command: CommandOf<"set-media">): void {
  inSession(turn, (inside) => {
    inside.session.media = command.media;
    if (inside.session.entered) tellProfile(inside);
  });
}
