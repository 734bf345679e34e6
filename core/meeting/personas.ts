import { memberKeyOf } from "../base/member-id.ts";
import { personaIdOf } from "../base/persona-id.ts";
import type { IdentityView } from "../contract/identity.ts";
import type { MemberId } from "../contract/parts.ts";
import type { Participant } from "../contract/snapshots.ts";
import { createCertificate, readCertificate, type ShownPersona } from "../persona/certificate.ts";
import type { SavedContact, Vault } from "../persona/vault.ts";
import { closeLink } from "./link-end.ts";
import { cleanName, comparable } from "./names.ts";
import { nameOf } from "./roster.ts";
import { sendTo } from "./sending.ts";
import type { Contact, Link, MeetingState, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Before entering, the person decides whether the members of this meeting shall see the persona. Nobody does otherwise. */
export function choosePersona({ session, state }: SessionTurn, shown: boolean): void {
  const { vault } = state.identity;
  if (session.entered) return;
  session.personaShown = shown && vault !== null ? personaIdOf(vault.key.publicKey) : null;
}

/** The persona to show: the one that was chosen for this meeting, while it is open. */
function shownVault({ session, state }: Pick<SessionTurn, "session" | "state">): Vault | null {
  const { vault } = state.identity;
  if (vault === null || session.personaShown === null) return null;
  return personaIdOf(vault.key.publicKey) === session.personaShown ? vault : null;
}

/** Shows the persona to a member who has said hello on the link in use, and so knows this person as a member. */
export function showPersona(turn: SessionTurn, { member }: Contact): void {
  const vault = shownVault(turn);
  if (vault === null) return;
  const { meetingId, signingKey } = turn.session;
  const certificate = createCertificate(vault, { meetingId, memberKey: signingKey.publicKey });
  sendTo(turn, member, { type: "persona", certificate });
}

/**
 * A member shows a persona over its own channel. The first that holds stays for the whole meeting: nobody is one today
 * and another in an hour. What does not certify this very member in this meeting ends the link.
 */
export function personaArrived(
  turn: SessionTurn,
  { link, contact }: { link: Link; contact: Contact },
  certificate: Uint8Array,
): void {
  const { meetingId, personas } = turn.session;
  if (personas.has(contact.member)) return;
  const read = readCertificate(certificate, { meetingId, memberKey: memberKeyOf(contact.member) });
  if (!read.ok) return closeLink(turn, link);
  personas.set(contact.member, { id: read.value.id, name: cleanName(read.value.name) });
}

/** The contact whose persona a member has shown. */
export function contactOf({ identity }: MeetingState, session: Session, member: MemberId): SavedContact | null {
  const shown = session.personas.get(member);
  if (shown === undefined) return null;
  return identity.vault?.contacts.find(({ persona }) => persona === shown.id) ?? null;
}

/** Keeps the persona that a member has shown, under a name of one's own, with the mark of verification if there is one. */
export function saveContact(turn: SessionTurn, { member, name }: { member: MemberId; name: string }): void {
  const { session, state } = turn;
  const { vault } = state.identity;
  const shown = session.personas.get(member);
  const called = cleanName(name);
  if (vault === null || shown === undefined || called === "") return;
  if (shown.id === personaIdOf(vault.key.publicKey)) return;
  const verified = session.verified.has(member) || (contactOf(state, session, member)?.verified ?? false);
  const contact = { persona: shown.id, name: called, toldName: shown.name, verified };
  turn.effects.push({ type: "keep-contact", contact });
}

/** The mark that was put on a member, or taken off, holds for its persona too if that is a contact. */
export function carryMark(turn: SessionTurn, member: MemberId, verified: boolean): void {
  const contact = contactOf(turn.state, turn.session, member);
  if (contact === null || contact.verified === verified) return;
  turn.effects.push({ type: "keep-contact", contact: { ...contact, verified } });
}

/** Under which name a member counts as verified by an earlier meeting; null if it does not. */
export function verifiedAsContact(state: MeetingState, session: Session, member: MemberId): string | null {
  const contact = contactOf(state, session, member);
  if (contact?.verified !== true) return null;
  const name = nameOf(session, member);
  return bears(contact, comparable(name)) ? name : contact.name;
}

/** What a member has shown, and whether it bears the name of a contact without being it. */
export function personaOf(state: MeetingState, session: Session, member: MemberId): Participant["persona"] {
  if (member === session.self) return { shown: ownPersona(state, session), contact: null, unlike: null };
  const shown = session.personas.get(member) ?? null;
  const contact = contactOf(state, session, member);
  return { shown, contact: contact?.name ?? null, unlike: unlike({ state, session, member, shown, contact }) };
}

function ownPersona(state: MeetingState, session: Session): ShownPersona | null {
  const vault = shownVault({ state, session });
  return vault === null ? null : { id: personaIdOf(vault.key.publicKey), name: vault.name };
}

interface Compared {
  readonly state: MeetingState;
  readonly session: Session;
  readonly member: MemberId;
  readonly shown: ShownPersona | null;
  readonly contact: SavedContact | null;
}

/** Names are compared as people would take them for one; keys whole. */
function unlike({ state, session, member, shown, contact }: Compared): string | null {
  const contacts = state.identity.vault?.contacts ?? [];
  if (contacts.length === 0) return null;
  const name = comparable(nameOf(session, member));
  const told = comparable(shown?.name ?? "");
  if (contact !== null && bears(contact, name)) return null;
  const found = contacts.find((other) => other !== contact && (bears(other, name) || bears(other, told)));
  return found?.name ?? null;
}

/** Worked out once for each contact: every snapshot compares every member with all of them. */
const known = new WeakMap<SavedContact, readonly string[]>();

/** Whether a name, in its comparable form, is one of the two that a contact is known by. */
function bears(contact: SavedContact, borne: string): boolean {
  const names = known.get(contact) ?? [contact.name, contact.toldName].map(comparable);
  known.set(contact, names);
  return borne !== "" && names.includes(borne);
}

/** The persona of this profile as the page shows it. */
export function identityView({ identity, session }: MeetingState): IdentityView {
  const { vault, state, keeping, keychain, busy, fault, exported } = identity;
  const persona = vault === null ? null : { id: personaIdOf(vault.key.publicKey), name: vault.name };
  const contacts = (vault?.contacts ?? []).map(({ persona: id, name, toldName, verified }) => ({
    id,
    name,
    toldName,
    verified,
  }));
  const shown = persona !== null && session?.personaShown === persona.id;
  return { state, keeping, keychain, busy, fault, persona, contacts, exported, shown };
}
