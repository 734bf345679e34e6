/** The longest invite link that is looked at, in characters; anything longer is refused unread. */
export const MAX_INVITE_CHARACTERS = 2048;
/** The longest name as typed, in characters; it is cut before it leaves the page. */
export const MAX_NAME_CHARACTERS = 64;
/** The longest chat message, in characters. */
export const MAX_CHAT_CHARACTERS = 4000;
/** The longest signalling message between two pages, in characters of JSON. */
export const MAX_SIGNAL_CHARACTERS = 48 * 1024;
/** The longest reason for a removal, in characters. */
export const MAX_REASON_CHARACTERS = 500;
/** The longest word to somebody who is not let in, in characters: who says it is not shown, so there is no talking back. */
export const MAX_REFUSAL_CHARACTERS = 200;
/** The last moment that is a date, in ms since the Unix epoch (ECMA-262, section 21.4.1.1). */
export const MAX_TIMESTAMP = 8.64e15;
/** The largest roster a snapshot carries. */
export const MAX_PARTICIPANTS = 256;
/** Chat messages kept in memory and shown; older ones fall away. */
export const MAX_CHAT_MESSAGES = 500;
/** Relays that a person may choose, and the longest address of one, in characters. */
export const MAX_RELAYS = 8;
export const MAX_RELAY_CHARACTERS = 200;
/** Names that are listed with one invite. */
export const MAX_SHOWN_NAMES = 20;
/** The shortest passphrase that may be chosen and the longest that is taken, in characters. */
export const MIN_PASSPHRASE_CHARACTERS = 12;
export const MAX_PASSPHRASE_CHARACTERS = 256;
/** The most contacts of one persona. */
export const MAX_CONTACTS = 200;
/** The longest file of a persona, in characters of base64url. */
export const MAX_IDENTITY_FILE_CHARACTERS = 140_000;
/** The longest label of an invite, in characters. */
export const MAX_INVITE_LABEL_CHARACTERS = 100;
/** The longest name of a file, in characters. */
export const MAX_FILE_NAME_CHARACTERS = 255;
/** The most files that are shown in a call: 50 of each participant. */
export const MAX_SHARED_FILES = 50 * MAX_PARTICIPANTS;
/** The longest meeting record, in characters of base64url: 32 MiB of bytes. */
export const MAX_RECORD_CHARACTERS = 44_739_243;
