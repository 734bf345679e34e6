import { toHex } from "../base/bytes.ts";
import { MAX_TIMESTAMP } from "../contract/limits.ts";
import { issueCapability, readCapability } from "../membership/capability.ts";
import { encodeInvite } from "../wire/invite.ts";
import { MAX_ADDRESSES } from "../wire/channel-messages.ts";
import { INVITE_LIFETIME_MS, MAX_MADE } from "./limits.ts";
import { isModerator } from "./roster.ts";
import type { SessionTurn } from "./turn.ts";

/** Asks for an invite link; it is made as soon as there are addresses to put into it. */
export function wantInvite(turn: SessionTurn): void {
  turn.session.invite = null;
  turn.session.inviteWanted = true;
  makeInvite(turn);
}

/**
 * Makes the link that was asked for. A moderator signs a fresh capability; anybody else passes on the one they came with,
 * so that people can be brought in through whoever is left.
 */
export function makeInvite(turn: SessionTurn): void {
  const { session } = turn;
  if (!session.inviteWanted || !session.entered || session.node === null) return;
  const grant = grantFor(turn);
  if (grant === null) return;
  const link = encodeInvite({
    meetingSecret: session.secret,
    root: session.root,
    capability: grant.capability,
    addresses: inviteAddresses(turn),
  });
  if (!link.ok) throw link.error;
  session.inviteWanted = false;
  session.invite = { link: link.value, expiresAt: Math.min(grant.expiresAt, MAX_TIMESTAMP) };
}

function grantFor(turn: SessionTurn): { capability: Uint8Array; expiresAt: number } | null {
  const { session, now } = turn;
  if (isModerator(session, session.self)) {
    const expiresAt = now + INVITE_LIFETIME_MS;
    const { signingKey, meetingId } = session;
    const id = turn.random.bytes(16);
    const capability = issueCapability({ signingKey, meetingId, id, expiresAt, uses: 0, label: "" });
    session.made = [...session.made, { id: toHex(id), label: "", expiresAt, uses: 0 }].slice(-MAX_MADE);
    return { capability, expiresAt };
  }
  if (session.capability === null) return null;
  const read = readCapability(session.capability, session.meetingId);
  return read.ok ? { capability: session.capability, expiresAt: read.value.expiresAt } : null;
}

/** Own addresses first, then one of each of the other members', so that the link outlives this client. */
function inviteAddresses(turn: SessionTurn): string[] {
  const { session } = turn;
  const own = (session.node?.addresses ?? []).slice(0, 4);
  const others = [...session.contacts.values()].flatMap((contact) => contact.addresses.slice(0, 1));
  return [...new Set([...own, ...others])].slice(0, MAX_ADDRESSES);
}
