import type { MemberId } from "../base/member-id.ts";
import type { EntryBody, EntryType } from "./body.ts";
import type { CheckedAdmission, StoredEntry } from "./log-store.ts";
import { all, known, NO, not, type Truth, YES } from "./truth.ts";
import type { View } from "./view.ts";

type BodyOf<T extends EntryType> = Extract<EntryBody, { type: T }>;

/** Who may write an entry, judged in what its author had seen. */
const WHO = {
  starter: (author: MemberId, view: View): Truth => known(author === view.root),
  member: (author: MemberId, view: View): Truth => view.isMember(author),
  moderator: (author: MemberId, view: View): Truth => view.isModerator(author),
} as const;

interface Rule<T extends EntryType> {
  readonly by: keyof typeof WHO;
  /** What must hold besides. */
  readonly when?: (body: BodyOf<T>, entry: StoredEntry, view: View) => Truth;
}

/** Who may do what. An entry that breaks its rule stays in the log and has no effect. */
const RULES: { readonly [T in EntryType]: Rule<T> } = {
  create: { by: "starter" },
  admit: { by: "member", when: (_body, entry, view) => mayAdmit(entry, view) },
  leave: { by: "member" },
  remove: {
    by: "moderator",
    when: (body, entry, view) => all(known(body.member !== entry.author), view.wasAdmitted(body.member)),
  },
  device: { by: "member" },
};

/** Whether an entry's author may write it. Removals that the author had not seen are not judged here: see `fold.ts`. */
export function obeysRules(entry: StoredEntry, view: View): Truth {
  const { body } = entry.entry;
  return judge(RULES[body.type] as Rule<EntryType>, body, { entry, view });
}

function judge(rule: Rule<EntryType>, body: EntryBody, { entry, view }: { entry: StoredEntry; view: View }): Truth {
  const who = WHO[rule.by](entry.author, view);
  return rule.when === undefined ? who : all(who, rule.when(body as never, entry, view));
}

function mayAdmit(entry: StoredEntry, view: View): Truth {
  const { admission } = entry;
  if (admission === null) return NO;
  const { member } = admission.request;
  return all(
    view.policy().admission === "knock-moderator" ? view.isModerator(entry.author) : YES,
    not(view.wasAdmitted(member)),
    not(view.wasRemoved(member)),
    isCapabilityGood(admission, entry.entry.time, view),
  );
}

/** Judged at the time the admitter put on the entry. */
function isCapabilityGood({ capability }: CheckedAdmission, time: number, view: View): Truth {
  return all(
    known(time <= capability.expiresAt),
    capability.uses === 0 ? YES : view.hasUsesLeft(capability.id, capability.uses),
    mayIssue(capability.issuer, view),
  );
}

/** A capability outlives its issuer's leaving, not its removal. Where moderators decide who comes in, only theirs count. */
function mayIssue(issuer: MemberId, view: View): Truth {
  const issuers = view.policy().admission === "knock-moderator" ? known(issuer === view.root) : YES;
  return all(issuers, view.wasAdmitted(issuer), not(view.wasRemoved(issuer)));
}
