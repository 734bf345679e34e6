import {
  MAX_INVITE_LABEL_CHARACTERS,
  MAX_PARTICIPANTS,
  MAX_REASON_CHARACTERS,
  MAX_SHOWN_NAMES,
  MAX_TIMESTAMP,
} from "../contract/limits.ts";
import type { Rules } from "../contract/rules.ts";
import { capabilityKey } from "../membership/facts.ts";
import { cleanText } from "./names.ts";
import { isModerator, nameOf, roster } from "./roster.ts";
import { areModeratorsSilent } from "./silence.ts";
import type { Session } from "./state.ts";

const MAX_SHOWN_MOTIONS = 64;
const MAX_SHOWN_INVITES = 100;

/** How the meeting is ruled at present, as the page shows it. */
export function rulesOf(session: Session): Rules {
  const { locked, policy, votesDecide } = roster(session);
  const { admission, removal, inviting } = policy;
  const decide = votesDecide || areModeratorsSilent(session);
  const shown = { motions: motionsOf(session), invites: invitesOf(session) };
  return { locked, admission, removal, inviting, votesDecide: decide, ...shown };
}

function motionsOf(session: Session): Rules["motions"] {
  return roster(session)
    .motions.slice(0, MAX_SHOWN_MOTIONS)
    .map(({ motion, member, reason, appeal, since, approvals, needed }) => ({
      motion,
      member,
      name: nameOf(session, member),
      reason: cleanText(reason, MAX_REASON_CHARACTERS),
      byName: motion === "remove" && approvals[0] !== undefined ? nameOf(session, approvals[0]) : "",
      appeal: cleanText(appeal, MAX_REASON_CHARACTERS),
      at: Math.min(since, MAX_TIMESTAMP),
      approvals: approvals.length,
      needed,
      own: approvals.includes(session.self),
    }));
}

/** The invites that this person made, and those by which somebody came in. */
export function invitesOf(session: Session): Rules["invites"] {
  const { invites, revokedInvites, members: list } = roster(session);
  const present = new Set(list.map(({ id }) => id));
  const { self } = session;
  const used = invites.map((invite) => ({ ...invite, used: invite.members.length, members: invite.members }));
  const unused = session.made
    .filter(({ id }) => !invites.some((invite) => invite.id === id && invite.issuer === self))
    .map((invite) => ({ ...invite, issuer: self, used: 0, members: [] }));
  const rules = isModerator(session, self);
  return [...used, ...unused].slice(-MAX_SHOWN_INVITES).map(({ members, issuer, ...invite }) => {
    const { id, expiresAt, uses, used: count } = invite;
    const revoked = revokedInvites.has(capabilityKey({ id, issuer }));
    const revocable = !revoked && (issuer === self || rules);
    const label = cleanText(invite.label, MAX_INVITE_LABEL_CHARACTERS);
    const shown = { id, label, by: issuer, byName: nameOf(session, issuer), uses, used: count, revoked, revocable };
    const here = members.filter((member) => present.has(member)).slice(0, MAX_PARTICIPANTS);
    const cameIn = members.slice(0, MAX_SHOWN_NAMES).map((member) => nameOf(session, member));
    return { ...shown, expiresAt: Math.min(expiresAt, MAX_TIMESTAMP), members: here, cameIn };
  });
}
