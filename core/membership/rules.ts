import type { MemberId } from "../base/member-id.ts";
import type { BodyOf, EntryType } from "./body.ts";
import type { CheckedAdmission, StoredEntry } from "./log-store.ts";
import { all, any, known, NO, not, type Truth, YES } from "./truth.ts";
import type { View } from "./view.ts";

/** Who may write an entry, judged by what its author had seen. */
const WHO = {
  starter: (author: MemberId, view: View): Truth => known(author === view.root),
  member: (author: MemberId, view: View): Truth => view.isMember(author),
  moderator: (author: MemberId, view: View): Truth => view.mayModerate(author),
} as const;

interface Rule<T extends EntryType> {
  readonly by: keyof typeof WHO;
  /** What must hold besides. */
  readonly when?: (entry: StoredEntry, view: View, body: BodyOf<T>) => Truth;
}

/** Who may do what. An entry that breaks its rule stays in the log and has no effect. */
const RULES: { readonly [T in EntryType]: Rule<T> } = {
  create: { by: "starter" },
  admit: { by: "member", when: mayAdmit },
  leave: { by: "member" },
  remove: {
    by: "moderator",
    when: (entry, view, { member }) =>
      all(known(member !== entry.author), view.wasAdmitted(member), not(view.asksVotes())),
  },
  device: { by: "member" },
  grant: { by: "moderator", when: (_entry, view, { member }) => view.isMember(member) },
  revoke: { by: "moderator", when: (_entry, view, { member }) => view.isModerator(member) },
  lock: { by: "moderator" },
  unlock: { by: "moderator" },
  policy: { by: "moderator" },
  vote: { by: "member", when: mayVote },
  expel: {
    by: "member",
    when: (entry, view, { member, unheard = false }) =>
      member === entry.author ? NO : all(view.isMember(member), view.mayExpel(member, unheard)),
  },
  appeal: { by: "member", when: mayPassOn },
  readmit: {
    by: "member",
    when: (_entry, view, { member }) =>
      all(mayComeBack(member, view), not(view.hasLeft(member)), view.hasMajority({ motion: "readmit", member })),
  },
  "revoke-invite": {
    by: "member",
    when: (entry, view, { issuer }) => any([known(issuer === entry.author), view.mayModerate(entry.author)]),
  },
  present: { by: "moderator" },
};

/** Whether an entry's author might write it. What speaks against it that the author had not seen is judged in `fold.ts`. */
export function obeysRules(entry: StoredEntry, view: View): Truth {
  return judge(entry, view, entry.entry.body);
}

function judge<T extends EntryType>(entry: StoredEntry, view: View, body: BodyOf<T>): Truth {
  const rule: Rule<T> = RULES[body.type];
  const who = WHO[rule.by](entry.author, view);
  return rule.when === undefined || who === NO ? who : all(who, rule.when(entry, view, body));
}

function mayVote(entry: StoredEntry, view: View, { motion, member, unheard }: BodyOf<"vote">): Truth {
  if (member === entry.author) return NO;
  if (motion === "readmit") return mayComeBack(member, view);
  return all(view.isMember(member), unheard === true ? YES : view.votesDecide());
}

/** One appeal against one removal: whoever is let back in and removed again may appeal again. */
function mayPassOn({ appeal }: StoredEntry, view: View): Truth {
  if (appeal === null) return NO;
  const { removal } = appeal;
  const { member } = appeal.request;
  return all(view.isRemoved(member), view.wasRemovedBy(member, removal), not(view.isAppealed(member, removal)));
}

function mayComeBack(member: MemberId, view: View): Truth {
  return all(view.isRemoved(member), view.hasAppealed(member));
}

function mayAdmit(entry: StoredEntry, view: View): Truth {
  const { admission } = entry;
  if (admission === null) return NO;
  const { member } = admission.request;
  return all(
    any([not(view.hasAdmission("knock-moderator")), view.isModerator(entry.author)]),
    not(view.isLocked()),
    not(view.wasAdmitted(member)),
    isCapabilityGood(admission, entry.entry.time, view),
  );
}

/** Judged at the time the admitter put on the entry. */
function isCapabilityGood({ capability }: CheckedAdmission, time: number, view: View): Truth {
  return all(
    known(time <= capability.expiresAt),
    capability.uses === 0 ? YES : view.hasUsesLeft(capability.id, capability.uses),
    mayIssue(capability.issuer, view),
    not(view.isInviteRevoked(capability)),
  );
}

/**
 * Whether somebody's capabilities count. They outlive their issuer's leaving, not its removal.
 * Where the policy leaves invites to moderators, only theirs and the starter's count.
 */
export function mayIssue(issuer: MemberId, view: View): Truth {
  const entitled = any([not(view.keepsInvites()), known(issuer === view.root), view.hasRole(issuer)]);
  return all(entitled, view.wasAdmitted(issuer), not(view.isRemoved(issuer)));
}
