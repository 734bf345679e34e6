import { unreachable } from "../base/errors.ts";
import type { Command } from "../contract/commands.ts";
import type { MemberId } from "../contract/parts.ts";
import type { EntryBody } from "../membership/body.ts";
import { write } from "./log.ts";
import { isMember, isModerator, roster } from "./roster.ts";
import { invitesOf } from "./rules.ts";
import { areModeratorsSilent } from "./silence.ts";
import type { Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

export type RuleCommand = Extract<
  Command,
  {
    type:
      | "vote"
      | "appoint"
      | "dismiss"
      | "revoke-invite"
      | "lock"
      | "unlock"
      | "set-policy"
      | "remove-member"
      | "remove-members";
  }
>;

/** Writes what the person asks for, if the rules of the log would give it any effect. */
export function applyRuleCommand(turn: SessionTurn, command: RuleCommand): void {
  if (command.type === "remove-members") return write(turn, ...removals(turn.session, command.members, command.reason));
  const body = bodyOf(turn.session, command);
  if (body !== null) write(turn, body);
}

/** One entry for each of them who can be removed by this person, in the order given. */
function removals(session: Session, members: readonly MemberId[], reason: string): readonly EntryBody[] {
  if (!isModerator(session, session.self)) return [];
  return [...new Set(members)].flatMap(
    (member) => moderatorBody(session, { type: "remove-member", member, reason }) ?? [],
  );
}

function bodyOf(session: Session, command: Exclude<RuleCommand, { type: "remove-members" }>): EntryBody | null {
  switch (command.type) {
    case "vote": {
      const { motion, member, approve, reason } = command;
      const unheard = motion === "remove" && !roster(session).votesDecide;
      return mayVote(session, command) ? { type: "vote", motion, member, approve, reason, unheard } : null;
    }
    case "revoke-invite": {
      const invite = invitesOf(session).find(({ id, revocable }) => id === command.invite && revocable);
      return invite === undefined ? null : { type: "revoke-invite", id: invite.id, issuer: invite.by };
    }
    default:
      return isModerator(session, session.self) ? moderatorBody(session, command) : null;
  }
}

function mayVote(session: Session, { motion, member }: { motion: "remove" | "readmit"; member: MemberId }): boolean {
  const { votesDecide, motions } = roster(session);
  if (motion === "readmit") return motions.some((open) => open.motion === motion && open.member === member);
  return (votesDecide || areModeratorsSilent(session)) && member !== session.self && isMember(session, member);
}

function moderatorBody(
  session: Session,
  command: Exclude<RuleCommand, { type: "vote" | "revoke-invite" | "remove-members" }>,
): EntryBody | null {
  const { locked, policy } = roster(session);
  switch (command.type) {
    case "remove-member": {
      const able = policy.removal === "moderators" && command.member !== session.self;
      if (!able || !isMember(session, command.member)) return null;
      return { type: "remove", member: command.member, reason: command.reason };
    }
    case "appoint": {
      const { member } = command;
      return isMember(session, member) && !isModerator(session, member) ? { type: "grant", member } : null;
    }
    case "dismiss":
      return isModerator(session, command.member) ? { type: "revoke", member: command.member } : null;
    case "lock":
      return locked ? null : { type: "lock" };
    case "unlock":
      return locked ? { type: "unlock" } : null;
    case "set-policy": {
      const { admission, removal, inviting } = command;
      return { type: "policy", policy: { admission, removal, inviting } };
    }
    default:
      return unreachable(command);
  }
}
