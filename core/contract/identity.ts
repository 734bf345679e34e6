import * as v from "valibot";
import type { PersonaId } from "../base/persona-id.ts";
import {
  MAX_CONTACTS,
  MAX_IDENTITY_FILE_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_PASSPHRASE_CHARACTERS,
  MIN_PASSPHRASE_CHARACTERS,
} from "./limits.ts";
import { memberId, text } from "./parts.ts";

/** A persona's Ed25519 key in base64url: 43 characters. */
export type { PersonaId };
const personaId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/),
  v.transform((id) => id as PersonaId),
);
const name = text(MAX_NAME_CHARACTERS);
const filled = v.pipe(name, v.minLength(1));
/** One that something is to be locked with from now on. */
const chosen = v.pipe(v.string(), v.minLength(MIN_PASSPHRASE_CHARACTERS), v.maxLength(MAX_PASSPHRASE_CHARACTERS));
/** One that was chosen once. */
const given = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PASSPHRASE_CHARACTERS));
/** A file's bytes in base64url. */
const file = text(MAX_IDENTITY_FILE_CHARACTERS);

/** What concerns the persona's file. The host answers these without the meeting; a passphrase goes down once and never comes back. */
export const identityCommands = [
  /** Without a passphrase the system's keychain keeps the file closed. Only where there is no file yet. */
  v.strictObject({ type: v.literal("create-identity"), name: filled, passphrase: v.nullable(chosen) }),
  /** Null for a file that the keychain keeps closed. */
  v.strictObject({ type: v.literal("unlock-identity"), passphrase: v.nullable(given) }),
  v.strictObject({ type: v.literal("lock-identity") }),
  /** Makes a copy of the file under a passphrase of its own, and shows it in the snapshot until it was taken. */
  v.strictObject({ type: v.literal("export-identity"), passphrase: chosen }),
  v.strictObject({ type: v.literal("take-export") }),
  /** Only where there is no file yet. It is kept under the same passphrase. */
  v.strictObject({ type: v.literal("import-identity"), file, passphrase: given }),
  v.strictObject({ type: v.literal("delete-identity") }),
  v.strictObject({ type: v.literal("rename-contact"), contact: personaId, name: filled }),
  v.strictObject({ type: v.literal("remove-contact"), contact: personaId }),
] as const;

/** What concerns the persona in a meeting. */
export const personaCommands = [
  /** Before entering: whether the members of this meeting shall see the persona. */
  v.strictObject({ type: v.literal("show-persona"), shown: v.boolean() }),
  /** Keeps the persona that a member has shown, under a name of one's own. */
  v.strictObject({ type: v.literal("save-contact"), member: memberId, name: filled }),
] as const;

export type IdentityCommand = v.InferOutput<(typeof identityCommands)[number]>;
const identityTypes = new Set<string>(identityCommands.map((command) => command.entries.type.literal));

/** Whether a command is about the persona's file and nothing that a meeting should hear, passphrases least of all. */
export function isIdentityCommand(command: { readonly type: string }): command is IdentityCommand {
  return identityTypes.has(command.type);
}

/** What went wrong with the last of these commands. */
const identityFault = v.picklist([
  "passphrase-wrong",
  "file-damaged",
  "file-foreign",
  "file-too-new",
  "unreadable",
  "unwritable",
  "keychain-failed",
  "contacts-full",
]);
export type IdentityFault = v.InferOutput<typeof identityFault>;

const persona = v.strictObject({ id: personaId, name });

/** The persona of this profile, as the page shows it. No key and no passphrase is in it. */
export const identity = v.strictObject({
  /** none: there is no file; damaged: there is one, which cannot be read and is left as it is. */
  state: v.picklist(["none", "locked", "open", "damaged"]),
  /** What keeps the file closed, if there is one. */
  keeping: v.picklist(["passphrase", "keychain"]),
  /** Whether the system has a keychain that can be used. */
  keychain: v.boolean(),
  /** A command is being carried out: a passphrase takes seconds. */
  busy: v.boolean(),
  fault: v.nullable(identityFault),
  /** Null unless open. */
  persona: v.nullable(persona),
  contacts: v.pipe(
    v.array(v.strictObject({ id: personaId, name, toldName: name, verified: v.boolean() })),
    v.maxLength(MAX_CONTACTS),
  ),
  exported: v.nullable(file),
  /** Whether the members of this meeting see the persona. */
  shown: v.boolean(),
});
export type IdentityView = v.InferOutput<typeof identity>;

/** What holds before anybody made a persona. */
export const noIdentity: IdentityView = {
  state: "none",
  keeping: "passphrase",
  keychain: false,
  busy: false,
  fault: null,
  persona: null,
  contacts: [],
  exported: null,
  shown: false,
};

/** What a member has shown of a long-lived identity. */
export const personaOfMember = v.strictObject({
  /** The persona that has proven to be this member's; its name is its own word. */
  shown: v.nullable(persona),
  /** What this person calls it, if it is a contact. */
  contact: v.nullable(name),
  /** The contact whose name this member bears without having shown that contact's persona. */
  unlike: v.nullable(name),
});
