import { unreachable } from "../base/errors.ts";
import { MAX_INVITE_LABEL_CHARACTERS, MAX_REASON_CHARACTERS } from "../contract/limits.ts";
import type { Act } from "../membership/acts.ts";
import type { Policy } from "../membership/body.ts";
import type { Roster } from "../membership/roster.ts";
import { cleanText } from "./names.ts";
import { notice, type Told } from "./notices.ts";
import { roster } from "./roster.ts";
import type { Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Tells the person how the meeting is ruled differently from before: roles, the lock, the policy, closed invites, appeals. */
export function tellActs(turn: SessionTurn, before: Roster): void {
  const known = new Set(before.acts.map(({ id }) => id));
  let { policy } = before;
  for (const act of roster(turn.session).acts) {
    if (known.has(act.id)) continue;
    for (const told of wordsFor(turn.session, act, policy)) notice(turn, told);
    if (act.body.type === "policy") ({ policy } = act.body);
  }
}

function wordsFor(session: Session, { by, body, about, text }: Act, policy: Policy): readonly Told[] {
  const told = (kind: Told["kind"], reason = ""): readonly Told[] => [{ kind, member: about, by, reason }];
  switch (body.type) {
    case "grant":
      return told("appointed");
    case "revoke":
      return told("dismissed");
    case "lock":
      return told("locked");
    case "unlock":
      return told("unlocked");
    case "appeal":
      return told("appealed", cleanText(text, MAX_REASON_CHARACTERS));
    case "revoke-invite":
      return told("invite-closed", labelOf(session, body));
    case "policy": {
      const { admission, removal } = body.policy;
      return [
        ...(admission === policy.admission ? [] : told(`admission-${admission}`)),
        ...(removal === policy.removal ? [] : told(`removal-${removal}`)),
      ];
    }
    default:
      return unreachable(body);
  }
}

/** What an invite was called, where somebody came in by it or this person made it; empty otherwise. */
function labelOf(session: Session, { id, issuer }: { readonly id: string; readonly issuer: string }): string {
  const used = roster(session).invites.find((invite) => invite.id === id && invite.issuer === issuer);
  const made = issuer === session.self ? session.made.find((invite) => invite.id === id) : undefined;
  return cleanText((used ?? made)?.label ?? "", MAX_INVITE_LABEL_CHARACTERS);
}
