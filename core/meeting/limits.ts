import type { Allowance } from "./budget.ts";

/** All times in ms. */

/** A link that has not finished its handshake by then is closed. */
export const HANDSHAKE_MS = 8_000;
/** How long somebody who is not admitted may stay connected. */
export const STRANGER_MS = 15 * 60_000;
/** Strangers connected at one time. */
export const MAX_STRANGERS = 32;
/** Of these from one address: a household or an office behind one router, and places are left for everybody else. */
export const MAX_STRANGERS_PER_ADDRESS = 16;
/** Links in handshake at one time; the next is closed unanswered. */
export const MAX_HANDSHAKES = 48;
/** Of these from one address. */
export const MAX_HANDSHAKES_AT_ONCE_PER_ADDRESS = 12;
/** Handshakes begun with one address in `HANDSHAKE_WINDOW_MS`. */
export const MAX_HANDSHAKES_PER_ADDRESS = 60;
export const HANDSHAKE_WINDOW_MS = 10_000;
/** Join requests taken from one link. */
export const MAX_JOINS_PER_LINK = 20;
/** Keys taken on one link from somebody who is not known to be a member yet; one is usual, and a few more in a crowd. */
export const MAX_EARLY_KEYS = 8;
/** People shown as waiting at one time. */
export const MAX_KNOCKS = 50;
/** Of these on the word of one member alone: as many as can wait at its door. */
export const MAX_KNOCKS_PASSED_ON = 32;
/** A guest without an answer asks the next member. */
export const JOIN_ANSWER_MS = 1_500;
/** Two links between the same two members that open within this time of each other came from both dialling at once. */
export const SIMULTANEOUS_MS = 10_000;
/**
 * First and longest pause between tries to reach a member. Until somebody counts as away the longest is a shorter one: a network that
 * was split for a minute is one again within seconds.
 */
export const REDIAL_FIRST_MS = 400;
export const REDIAL_LONGEST_MS = 8_000;
export const REDIAL_MISSED_MS = 2_000;
/** A guest says that nobody is reachable after this long; it keeps trying. */
export const UNREACHABLE_MS = 8_000;
/** A member out of reach for this long is shown as away. */
export const AWAY_MS = 2 * 60_000;
/** A moderator of whom nothing has come for this long is not heard: votes can decide then. */
export const SILENT_MS = 60_000;
/** New members dial; the others wait this long before they do it themselves. */
export const EXPECTED_CALL_MS = 3_000;
/** A new media link may be asked for this often at most, for each member. */
export const MEDIA_RENEWAL_MS = 700;
/** Media links built with one member in `MEDIA_WINDOW_MS`; the next has to wait until the window is over. */
export const MAX_MEDIA_PER_WINDOW = 12;
export const MEDIA_WINDOW_MS = 10_000;
/** A newcomer is announced after this long though no name has come. */
export const NAME_WAIT_MS = 3_000;
/** What one member may send, of any kind; more closes the link. */
export const MESSAGES: Allowance = { burst: 2_000, perSecond: 200 };
/** Log entries taken from one member: each costs a signature check and a new roster. What is left out is asked for later. */
export const ENTRIES: Allowance = { burst: 400, perSecond: 10 };
/** Heads of one member that are answered; the next ones come anyway. */
export const ASKS: Allowance = { burst: 60, perSecond: 4 };
/** What one member was asked for is asked of another after this long. */
export const ASK_AGAIN_MS = 400;
/** Heads of others that are looked for at one time. */
export const MAX_SOUGHT = 256;
/** Chat messages taken from one member; the rest are dropped unread. */
export const CHATS: Allowance = { burst: 40, perSecond: 4 };
/** Statements about names in records taken from one member: each costs a signature check. More than that count as none. */
export const RECORD_NAMES: Allowance = { burst: 40, perSecond: 1 };
/** Raisings and lowerings of this person's hand; others take more, so that none is lost on the way. */
export const OWN_HANDS: Allowance = { burst: 10, perSecond: 1 };
/** Words about one member's hand that are taken; the rest are dropped unread. */
export const HANDS: Allowance = { burst: 40, perSecond: 4 };
/** A ticket further above all the others that are up is not counted when the next one is taken. */
export const MAX_TICKET_STEP = 1_000_000;
/** Reactions that this person can send; others take more, so that none is lost on the way. */
export const OWN_REACTIONS: Allowance = { burst: 5, perSecond: 0.5 };
/** Reactions taken from one member; the rest are dropped unread. */
export const REACTIONS: Allowance = { burst: 8, perSecond: 1 };
/** A reaction is shown for so long. */
export const REACTION_MS = 5_000;
/** Offers and takings of files that are heard of one member; the rest are dropped unread. */
export const FILES: Allowance = { burst: 60, perSecond: 2 };
/** Files that are remembered: this person's own, and those of each other member. The oldest fall away. */
export const MAX_OWN_FILES = 50;
export const MAX_OFFERED_FILES = 50;
/** First and longest pause before a file that stopped on its way is asked for again, and tries that bring nothing. */
export const FILE_RETRY_FIRST_MS = 500;
export const FILE_RETRY_LONGEST_MS = 15_000;
export const MAX_FILE_TRIES = 8;
/** Members tell each other their heads this often, so that whatever was missed is asked for. */
export const SYNC_MS = 20_000;
/** Chat messages kept for a member who is out of reach. */
export const MAX_OUTBOX = 100;
/** Invites made by this person that are remembered, the latest of them. */
export const MAX_MADE = 50;
/** The most members in one meeting. */
export const MAX_MEMBERS = 64;
