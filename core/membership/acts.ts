import type { MemberId } from "../base/member-id.ts";
import { type InvitingWay, invitingWay, type Policy } from "./body.ts";
import type { Folded } from "./fold.ts";
import type { EntryId } from "./ids.ts";
import type { StoredEntry } from "./log-store.ts";

/** What somebody did about the meeting, in the words of which a record is made. */
export type ActKind =
  | "created"
  | "admitted"
  | "left"
  | "removed"
  | "voted-out"
  | "readmitted"
  | "appealed"
  | "appointed"
  | "dismissed"
  | "locked"
  | "unlocked"
  | "invite-closed"
  | "vote-remove"
  | "vote-readmit"
  | "vote-withdrawn"
  | `admission-${Policy["admission"]}`
  | `removal-${Policy["removal"]}`
  | `inviting-${InvitingWay}`;

/** One thing that somebody did, by an entry that counts. */
export interface Act {
  readonly entry: EntryId;
  readonly kind: ActKind;
  readonly by: MemberId;
  /** Whom it is about; the author where it is about the meeting. */
  readonly about: MemberId;
  /** By the author's clock, in ms since the Unix epoch. */
  readonly time: number;
  /** The reason of a removal or a vote, the words of an appeal, the label of the invite that somebody came in by. */
  readonly text: string;
  /** The capability that was closed. */
  readonly invite: { readonly id: string; readonly issuer: MemberId } | null;
}

/** All that was done, in the order that all members agree on. What concerns only one member's own machine is left out. */
export function actsIn({ facts, has }: Folded): readonly Act[] {
  const acts: Act[] = [];
  let policy: Policy | null = null;
  for (const entry of facts.sorted) {
    if (!has(entry)) continue;
    const { body } = entry.entry;
    acts.push(...actsOf(entry, policy));
    if (body.type === "create" || body.type === "policy") ({ policy } = body);
  }
  return acts;
}

function actsOf(stored: StoredEntry, policy: Policy | null): readonly Act[] {
  const { id, author, admission, appeal, entry } = stored;
  const { body, time } = entry;
  const act = (kind: ActKind, changes: Partial<Act> = {}): readonly Act[] => [
    { entry: id, kind, by: author, about: author, time, text: "", invite: null, ...changes },
  ];
  switch (body.type) {
    case "create":
      return [...act("created"), ...policyActs(body.policy, null).flatMap((kind) => act(kind))];
    case "policy":
      return policyActs(body.policy, policy).flatMap((kind) => act(kind));
    case "admit":
      if (admission === null) return [];
      return act("admitted", { about: admission.request.member, text: admission.capability.label });
    case "leave":
      return act("left");
    case "remove":
      return act("removed", { about: body.member, text: body.reason });
    case "expel":
      return act("voted-out", { about: body.member, text: body.reason });
    case "readmit":
      return act("readmitted", { about: body.member });
    case "grant":
      return act("appointed", { about: body.member });
    case "revoke":
      return act("dismissed", { about: body.member });
    case "lock":
      return act("locked");
    case "unlock":
      return act("unlocked");
    case "vote":
      return act(body.approve ? `vote-${body.motion}` : "vote-withdrawn", { about: body.member, text: body.reason });
    case "appeal":
      return appeal === null ? [] : act("appealed", { about: appeal.request.member, text: appeal.text });
    case "revoke-invite":
      return act("invite-closed", { invite: { id: body.id, issuer: body.issuer } });
    case "device":
    // A client says this by itself; what it makes void does not count, and so is no act.
    case "present":
      return [];
  }
}

/** What a policy says that the one before did not. */
function policyActs(policy: Policy, before: Policy | null): readonly ActKind[] {
  const inviting = invitingWay(policy);
  const same = before !== null && inviting === invitingWay(before);
  return [
    ...(policy.admission === before?.admission ? [] : [`admission-${policy.admission}` as const]),
    ...(policy.removal === before?.removal ? [] : [`removal-${policy.removal}` as const]),
    ...(same ? [] : [`inviting-${inviting}` as const]),
  ];
}
