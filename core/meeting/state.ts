import type { PersonaId } from "../base/persona-id.ts";
import type { Secret } from "../base/secret.ts";
import type { InviteWish } from "../contract/invite-wish.ts";
import type { LocalActs } from "../contract/local-acts.ts";
import type { LinkPath, LinkState } from "../contract/media-messages.ts";
import type { Admission, Fingerprint, MediaState, MemberId } from "../contract/parts.ts";
import type { ReactionKind } from "../contract/reactions.ts";
import type { ProblemCode } from "../contract/problems.ts";
import { usualSettings, type Settings } from "../contract/settings.ts";
import type { ChatMessage, Notice, ScreenOf } from "../contract/snapshots.ts";
import type { SigningKey } from "../crypto/signing.ts";
import type { Channel } from "../keys/channel.ts";
import type { HandshakeState } from "../keys/handshake.ts";
import type { SenderKeys } from "../keys/sender-keys.ts";
import type { EntryBody } from "../membership/body.ts";
import type { EntryId } from "../membership/ids.ts";
import type { Log } from "../membership/log.ts";
import type { ShownPersona } from "../persona/certificate.ts";
import type { Budget } from "./budget.ts";
import type { OfferedFile, OwnFile } from "./file-state.ts";
import type { FileId } from "../ports/files.ts";
import type { Address, LinkId, PeerId } from "../ports/mesh.ts";
import type { ChannelMessage } from "../wire/channel-messages.ts";
import { noPersona, type Identity } from "./identity.ts";
import type { Knocks } from "./knocks.ts";
import { MAX_MEMBERS } from "./limits.ts";

/** What a member says on a new link without waiting for an answer: its hello, and its keys behind it. */
export type EarlyWord = Extract<ChannelMessage, { type: "hello" | "key" }>;

/** What others hold and this client lacks: all who were near an entry tell of it at once, and one answer is enough. */
export interface Seeking {
  /** Heads that were told and are not held, and when somebody was last asked for them, in elapsed ms; null for never. */
  readonly heads: Map<string, { readonly head: Uint8Array; readonly askedAt: number | null }>;
  /** Who told of them and was not asked: the next, should no answer come. */
  readonly tellers: Set<MemberId>;
  /** When the next is asked, in elapsed ms; null for never. */
  at: number | null;
}

/** One mesh link, from its opening to its end. */
export interface Link {
  readonly id: LinkId;
  readonly peer: PeerId;
  /** True for the side that was dialled. It also leads the media link between the two. */
  readonly inbound: boolean;
  /** What counts as the one address that it comes from or goes to. */
  readonly addressGroup: string;
  readonly openedAt: number;
  stage:
    | { readonly name: "handshake"; readonly handshake: HandshakeState }
    | { readonly name: "channel"; channel: Channel; readonly member: MemberId };
  joins: number;
  /** A member's first words from before the log told here that they, or we, had been let in: a hello and the keys behind it. */
  early: readonly EarlyWord[];
}

/** What this client knows of one other member and its way there. */
export interface Contact {
  readonly member: MemberId;
  /** The link in use; others to the same member are closed. */
  link: LinkId | null;
  /** Both have said hello on the link in use. */
  greeted: boolean;
  /** Since when this member has been out of reach, in elapsed ms; null while greeted. */
  unreachableSince: number | null;
  /** Out of reach for `AWAY_MS` or more. Only this client's view: the log knows nothing of it. */
  away: boolean;
  /** Nothing has come of this member for `SILENT_MS`, over its own link or in the log. */
  silent: boolean;
  /** When it last said hello, and when an entry of it last came, in elapsed ms; 0 before the first. */
  greetedAt: number;
  lastWordAt: number;
  peer: PeerId | null;
  /** The peer under which the member last proved itself; null before. A client keeps its peer key for the whole meeting. */
  provenPeer: PeerId | null;
  addresses: readonly Address[];
  media: MediaState;
  /** Number of the present media link, 0 before the first. */
  generation: number;
  /** The numbers up to this one may have been used by a host that died; 0 for none. */
  generationsBefore: number;
  mediaState: LinkState;
  mediaPath: LinkPath;
  mediaWindow: { readonly from: number; readonly built: number };
  /** When a media link that was lost is tried anew, in elapsed ms; null if it need not be. */
  mediaRenewAt: number | null;
  /** When to dial next, in elapsed ms; null while linked or while nothing is known to dial. */
  redialAt: number | null;
  redialPause: number;
  outbox: OutgoingChat[];
  /** The ticket of the raised hand; 0 while it is down. */
  hand: number;
  reaction: ShownReaction | null;
  files: Budget;
  /** What this member may still send: messages of any kind, log entries, chat. They outlive its links. */
  messages: Budget;
  entries: Budget;
  chats: Budget;
  handBudget: Budget;
  reactionBudget: Budget;
  asks: Budget;
  recordNames: Budget;
}

export interface OutgoingChat {
  readonly id: Uint8Array;
  readonly at: number;
  readonly text: string;
  /** The message that it answers, as it travels; empty for one that answers none. */
  readonly answers: Uint8Array;
}

/** A reaction that is on a tile until a moment in elapsed ms. Each has a number of its own in the session. */
export interface ShownReaction {
  readonly id: number;
  readonly kind: ReactionKind;
  readonly until: number;
}

/** What a guest does to get in; null for the starter and once admitted. */
export interface Entry {
  /** Where the invite, local discovery and failed dials say that members may be. */
  readonly targets: Map<PeerId, { addresses: readonly Address[]; redialAt: number | null; pause: number }>;
  /** When the screen says that nobody can be reached; null once that time has come. */
  unreachableAt: number | null;
  stage: "not-asked" | "entering" | "waiting";
  /** What somebody removed says instead of asking to join; null for a newcomer. */
  readonly appeal: Uint8Array | null;
  /** Links that were asked, and when the last of them was. */
  readonly asked: Set<LinkId>;
  askedAt: number;
}

/** A name that its bearer has signed for records of this meeting. */
export interface AgreedName {
  readonly name: string;
  readonly statement: Uint8Array;
}

/** The link that was made last, and the capability in it. */
export interface CurrentInvite {
  readonly link: string;
  /** 16 bytes in hex. */
  readonly id: string;
  readonly issuer: MemberId;
  readonly label: string;
  readonly expiresAt: number;
  readonly uses: number;
  /** Whether this person signed it. */
  readonly own: boolean;
}

export interface MadeInvite {
  /** 16 bytes in hex. */
  readonly id: string;
  readonly label: string;
  readonly expiresAt: number;
  readonly uses: number;
}

/** What somebody removed keeps until they leave the last screen: enough to be heard once more, and nothing that opens media. */
export interface Exile {
  readonly secret: Secret<"meeting-secret">;
  readonly root: Uint8Array;
  readonly signingKey: SigningKey;
  readonly removal: EntryId;
  /** With all that this member wrote, also what nobody else holds yet: whoever comes back goes on behind it. */
  readonly log: Log;
  readonly name: string;
  /** As in the session: what was agreed to before still holds after a return. */
  readonly recordName: Uint8Array | null;
  readonly places: readonly { readonly peer: PeerId; readonly addresses: readonly Address[] }[];
}

/** Everything of one meeting. Ending it wipes what is secret. */
export interface Session {
  readonly run: number;
  readonly role: "starter" | "guest";
  readonly secret: Secret<"meeting-secret">;
  readonly meetingId: Uint8Array;
  readonly root: Uint8Array;
  readonly signingKey: SigningKey;
  /** The seed of the mesh's peer key: a client keeps it for the whole meeting. */
  readonly peerKey: Secret<"peer-key">;
  readonly self: MemberId;
  /** What lets others in by the invites this person makes: a guest passes on the one it came with. */
  readonly capability: Uint8Array | null;
  admission: Admission;
  name: string;
  media: MediaState;
  /** This person's hand and reaction, as of a contact, and what may still be said of them. */
  hand: number;
  reaction: ShownReaction | null;
  handBudget: Budget;
  reactionBudget: Budget;
  reactionCount: number;
  log: Log;
  node: { readonly self: PeerId; addresses: readonly Address[] } | null;
  /** What the node is found under on the local network, and when that is looked at again, in elapsed ms. */
  rendezvous: { readonly tags: readonly string[]; readonly checkAt: number };
  entry: Entry | null;
  readonly links: Map<LinkId, Link>;
  readonly contacts: Map<MemberId, Contact>;
  readonly knocks: Knocks;
  knockCount: number;
  senderKeys: SenderKeys | null;
  /** Epochs up to this one may have been used by a host that died; 0 for none. */
  readonly epochsBefore: number;
  /** What this member writes while it may not know yet all that a host which died wrote; null at all other times. */
  returning: { readonly until: number; readonly withheld: EntryBody[] } | null;
  /** When the key schedule wants a tick, in elapsed ms. */
  keysWakeAt: number | null;
  invite: CurrentInvite | null;
  /** The invite that is asked for and not made yet. */
  inviteWanted: InviteWish | null;
  /** The invites that this person made, oldest first. */
  made: MadeInvite[];
  chat: Omit<ChatMessage, "name">[];
  readonly ownFiles: Map<FileId, OwnFile>;
  /** By who offered them and their id. */
  readonly offeredFiles: Map<string, OfferedFile>;
  /** `wait`: until when, in elapsed ms, somebody is not announced because no name has come. */
  notices: (Omit<Notice, "name" | "byName"> & { readonly wait: { readonly until: number } | null })[];
  /** What this person has chosen about others for themselves: only the page acts on it, and nobody else is told. */
  acts: LocalActs;
  /** Names as last told, also of those who have gone. */
  readonly names: Map<MemberId, string>;
  /** By member; each is worked out when it is first asked for. */
  readonly safetyNumbers: Map<MemberId, string>;
  /** The members whom the person has verified, also those who have gone, with the name of that moment. Never written to disk. */
  readonly verified: Map<MemberId, string>;
  /** The own persona that the members of this meeting may see; null unless the person chose so. */
  personaShown: PersonaId | null;
  /** The personas that members have proven to be theirs, with cleaned names; the first that each has shown. */
  readonly personas: Map<MemberId, ShownPersona>;
  /** What this person said last about the own name in records: a signed statement, empty once taken back, null before any word. */
  recordName: Uint8Array | null;
  /** What other members say of theirs, also those who have gone, with cleaned names; whoever has taken it back is not in it. */
  readonly recordNames: Map<MemberId, AgreedName>;
  /** The record that is to be saved (base64url), until the page has taken it. */
  record: string | null;
  /** The meeting code that the person compared last. */
  comparedCode: string | null;
  entered: boolean;
  /** Who was in the meeting when this person came in; whoever comes later is a newcomer to them. */
  readonly foundHere: Set<MemberId>;
  startedAt: number;
  /** When all members are told these heads again, in elapsed ms; null before entering. */
  syncAt: number | null;
  readonly seeking: Seeking;
  /** Handshakes begun by address, for the limit. */
  readonly handshakes: Map<string, { readonly from: number; readonly begun: number }>;
}

export interface MeetingState {
  /** How many this client lets into one meeting. */
  readonly maxMembers: number;
  /** The certificate of the page that is there now; null before the first page. */
  fingerprint: Fingerprint | null;
  framesAttached: boolean;
  problem: ProblemCode | null;
  settings: Settings;
  identity: Identity;
  externalInvite: string;
  runs: number;
  session: Session | null;
  /** The last screen of a meeting that is over. */
  ended: ScreenOf<"ended"> | null;
  exile: Exile | null;
}

/** A host that has just started: no page, no meeting. */
export function initialState(settings: Settings = usualSettings, maxMembers = MAX_MEMBERS): MeetingState {
  return {
    maxMembers,
    fingerprint: null,
    framesAttached: false,
    problem: null,
    settings,
    identity: noPersona,
    externalInvite: "",
    runs: 0,
    session: null,
    ended: null,
    exile: null,
  };
}
