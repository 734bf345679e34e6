import { toHex } from "../base/bytes.ts";
import { usualInvite, type InviteWish } from "../contract/invite-wish.ts";
import { MAX_INVITE_LABEL_CHARACTERS, MAX_TIMESTAMP } from "../contract/limits.ts";
import type { ScreenOf } from "../contract/snapshots.ts";
import { issueCapability, readCapability } from "../membership/capability.ts";
import { capabilityKey } from "../membership/facts.ts";
import { encodeInvite } from "../wire/invite.ts";
import { MAX_ADDRESSES } from "../wire/channel-messages.ts";
import { MAX_MADE } from "./limits.ts";
import { cleanText } from "./names.ts";
import { isModerator, roster } from "./roster.ts";
import type { CurrentInvite, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

const HOUR_MS = 60 * 60_000;

/** Asks for an invite link; it is made as soon as there are addresses to put into it. */
export function wantInvite(turn: SessionTurn, wish: InviteWish = usualInvite): void {
  turn.session.invite = null;
  turn.session.inviteWanted = wish;
  makeInvite(turn);
}

/**
 * Makes the link that was asked for. Whoever may invite by the policy signs a fresh capability; anybody else passes on the one they
 * came with, so that people can be brought in through whoever is left.
 */
export function makeInvite(turn: SessionTurn): void {
  const { session } = turn;
  const wish = session.inviteWanted;
  if (wish === null || !session.entered || session.node === null) return;
  const grant = grantFor(turn, wish);
  if (grant === null) return;
  const link = encodeInvite({
    meetingSecret: session.secret,
    root: session.root,
    capability: grant.capability,
    addresses: inviteAddresses(turn),
  });
  if (!link.ok) throw link.error;
  session.inviteWanted = null;
  const { capability: _capability, ...made } = grant;
  session.invite = { ...made, link: link.value, expiresAt: Math.min(grant.expiresAt, MAX_TIMESTAMP) };
}

/** The invite as the page shows it. */
export function inviteView(session: Session): ScreenOf<"call">["invite"] {
  if (session.invite === null) return null;
  const { id, issuer, ...shown } = session.invite;
  const { issuers, revokedInvites } = roster(session);
  return { ...shown, works: issuers.has(issuer) && !revokedInvites.has(capabilityKey({ id, issuer })) };
}

interface Grant extends Omit<CurrentInvite, "link"> {
  readonly capability: Uint8Array;
}

function grantFor(turn: SessionTurn, wish: InviteWish): Grant | null {
  const { session } = turn;
  if (mayInvite(session)) return sign(turn, wish);
  if (session.capability === null) return null;
  const read = readCapability(session.capability, session.meetingId);
  if (!read.ok) return null;
  const { label, ...grant } = read.value;
  const cleaned = cleanText(label, MAX_INVITE_LABEL_CHARACTERS);
  return { ...grant, capability: session.capability, label: cleaned, own: false };
}

function mayInvite(session: Session): boolean {
  return isModerator(session, session.self) || roster(session).policy.inviting === "members";
}

/** A fresh capability, remembered so that it can be revoked. */
function sign(turn: SessionTurn, wish: InviteWish): Grant {
  const { session } = turn;
  const { signingKey, meetingId } = session;
  const { uses } = wish;
  const label = cleanText(wish.label, MAX_INVITE_LABEL_CHARACTERS);
  const expiresAt = turn.now + wish.hours * HOUR_MS;
  const id = turn.random.bytes(16);
  const capability = issueCapability({ signingKey, meetingId, id, expiresAt, uses, label });
  session.made = [...session.made, { id: toHex(id), label, expiresAt, uses }].slice(-MAX_MADE);
  return { id: toHex(id), issuer: session.self, capability, expiresAt, label, uses, own: true };
}

/** Own addresses first, then one of each of the other members', so that the link outlives this client. */
function inviteAddresses(turn: SessionTurn): string[] {
  const { session } = turn;
  const own = (session.node?.addresses ?? []).slice(0, 4);
  const others = [...session.contacts.values()].flatMap((contact) => contact.addresses.slice(0, 1));
  return [...new Set([...own, ...others])].slice(0, MAX_ADDRESSES);
}
