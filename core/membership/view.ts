import type { MemberId } from "../base/member-id.ts";
import { ADMISSIONS, type Admission, invitingWay, type Motion, type Policy } from "./body.ts";
import type { Capability } from "./capability.ts";
import { capabilityKey, type Facts, voteKey } from "./facts.ts";
import type { EntryId } from "./ids.ts";
import { compareEntries, hasSeen, type StoredEntry } from "./log-store.ts";
import { all, any, known, NO, not, type Truth, UNKNOWN, YES } from "./truth.ts";

/** What is asked of an entry: whether it was seen, and whether it counts as far as is known. */
interface Sight {
  sees(entry: StoredEntry): boolean;
  truthOf(entry: StoredEntry): Truth;
  /** Whether it is decided that an entry does not count; asking this waits for nothing. */
  isVoid(entry: StoredEntry): boolean;
  /** Whether a revocation that the one who looks did not know of has taken their role. */
  deposed(): Truth;
}

type Entries = readonly StoredEntry[];

interface Asked {
  readonly motion: Motion;
  readonly member: MemberId;
  /** Only votes whose author says that no moderator was heard. */
  readonly unheard?: boolean;
}

/** Whether an entry rests on no moderator having been heard. */
export function isUnheard({ entry: { body } }: StoredEntry): boolean {
  return "unheard" in body && body.unheard;
}

/** The meeting as somebody saw it at one point: the author of an entry at that entry, or whoever holds the log at its end. */
export class View {
  readonly root: MemberId;
  readonly #facts: Facts;
  readonly #sight: Sight;

  constructor(facts: Facts, sight: Sight) {
    this.root = facts.root;
    this.#facts = facts;
    this.#sight = sight;
  }

  isMember(member: MemberId): Truth {
    return all(this.wasAdmitted(member), not(this.isRemoved(member)), not(this.hasLeft(member)));
  }

  /** Admitted at some time, whatever came after. */
  wasAdmitted(member: MemberId): Truth {
    const { create, admissionsOf } = this.#facts;
    if (member === this.root) return known(create !== null && this.#sight.sees(create));
    return any(this.#truths(admissionsOf.get(member)));
  }

  /** Removed, and not let back in by somebody who knew of it. */
  isRemoved(member: MemberId): Truth {
    const { removalsOf, readmissionsOf } = this.#facts;
    return this.#standing(removalsOf.get(member), readmissionsOf.get(member), overrules);
  }

  /** Whether this very removal of the member is seen and counts. */
  wasRemovedBy(member: MemberId, removal: EntryId): Truth {
    return any(this.#truths(this.#facts.removalsOf.get(member)?.filter(({ id }) => id === removal)));
  }

  hasLeft(member: MemberId): Truth {
    return any(this.#truths(this.#facts.departuresOf.get(member)));
  }

  /** A member who holds the role of a moderator. */
  isModerator(member: MemberId): Truth {
    const role = this.hasRole(member);
    return role === NO ? NO : all(this.isMember(member), role);
  }

  /**
   * Whether somebody, who may have left, was made a moderator after every revocation and removal of theirs: these stand against a
   * grant that did not know them, so whoever is let back in is a member like any other.
   */
  hasRole(member: MemberId): Truth {
    const { create, grantsOf, revocationsOf, removalsOf } = this.#facts;
    const first = member === this.root && create !== null ? [create] : [];
    const grants = [...first, ...(grantsOf.get(member) ?? [])];
    const losses = [...(revocationsOf.get(member) ?? []), ...(removalsOf.get(member) ?? [])];
    return grants.length === 0 ? NO : this.#standing(grants, losses, outlives);
  }

  /** A moderator, also in the light of what the one who looks did not know. */
  mayModerate(member: MemberId): Truth {
    return all(this.isModerator(member), not(this.#sight.deposed()));
  }

  /** Whether votes decide on removals: the policy asks for it, or no moderator is left. */
  votesDecide(): Truth {
    const asked = this.asksVotes();
    if (asked === YES) return YES;
    const able = new Set([this.root, ...this.#facts.grantsOf.keys()]);
    return any([asked, not(any([...able].map((one) => this.isModerator(one))))]);
  }

  /** Whether a policy in force takes removals out of the moderators' hands. */
  asksVotes(): Truth {
    return this.#inForce(({ removal }) => removal === "votes");
  }

  /** Whether by a policy in force only moderators' invites count. */
  keepsInvites(): Truth {
    return this.#inForce((policy) => invitingWay(policy) === "moderators");
  }

  /**
   * Whether votes have decided that somebody must go: because votes decide and more than half of the members are for it, or because
   * more than half are for it and each of these says that no moderator was heard.
   */
  mayExpel(member: MemberId, unheard: boolean): Truth {
    const agreed = this.hasMajority({ motion: "remove", member, unheard });
    return unheard ? agreed : all(this.votesDecide(), agreed);
  }

  /** Whether more than half of the members are for it, those who are out of reach counted too; whom it is about has no vote. */
  hasMajority(vote: Asked): Truth {
    const members = { sure: 0, possible: 0 };
    const approvals = { sure: 0, possible: 0 };
    for (const one of this.#facts.people) {
      const present = this.isMember(one);
      count(members, present);
      count(approvals, present === NO ? NO : all(present, this.approves(one, vote)));
    }
    if (2 * approvals.sure > members.possible) return YES;
    return 2 * approvals.possible > members.sure ? UNKNOWN : NO;
  }

  /**
   * Whether somebody's vote stands for a motion: they have not said otherwise since, nor at the same time, and it is about the present:
   * a vote to remove falls when its subject is let back in, a vote to let back in when there is another removal. One that says that no
   * moderator was heard falls as such when a moderator contradicts.
   */
  approves(voter: MemberId, vote: Asked): Truth {
    const { approvalsOf, objectionsOf, removalsOf, readmissionsOf, byType } = this.#facts;
    const key = voteKey(vote, voter);
    const turns = (vote.motion === "remove" ? readmissionsOf : removalsOf).get(vote.member);
    const approvals = voter === vote.member ? undefined : approvalsOf.get(key);
    if (approvals === undefined) return NO;
    const contraries = [...(objectionsOf.get(key) ?? []), ...(turns ?? [])];
    if (vote.unheard !== true) return this.#standing(approvals, contraries, outlives);
    const heard = byType.get("present") ?? [];
    return this.#standing(approvals.filter(isUnheard), [...contraries, ...heard].sort(compareEntries), outlives);
  }

  /** Whether somebody has appealed since they were last let back in. */
  hasAppealed(member: MemberId): Truth {
    const { appealsOf, readmissionsOf } = this.#facts;
    return this.#standing(appealsOf.get(member), readmissionsOf.get(member), outlives);
  }

  /** Whether an appeal against this removal was passed on already. */
  isAppealed(member: MemberId, removal: EntryId): Truth {
    return any(this.#truths(this.#facts.appealsOf.get(member)?.filter(({ appeal }) => appeal?.removal === removal)));
  }

  isInviteRevoked(capability: Capability): Truth {
    return any(this.#truths(this.#facts.inviteRevocationsOf.get(capabilityKey(capability))));
  }

  /** Locked and not unlocked by somebody who knew of the lock. */
  isLocked(): Truth {
    const { byType } = this.#facts;
    return this.#standing(byType.get("lock"), byType.get("unlock"), overrules);
  }

  /** Whether this way of admission is in force. Of policies set at the same time without knowing each other, all are: the strictest decides. */
  hasAdmission(admission: Admission): Truth {
    return this.#inForce((policy) => policy.admission === admission);
  }

  /** The strictest admission in force, once everything is known. */
  strictestAdmission(): Admission {
    return ADMISSIONS.findLast((admission) => this.hasAdmission(admission) === YES) ?? "knock-moderator";
  }

  /** Whether a capability has let in fewer than `uses` so far. */
  hasUsesLeft(capabilityId: string, uses: number): Truth {
    const admitted = this.#truths(this.#facts.usesOf.get(capabilityId)).filter((truth) => truth !== NO);
    const sure = admitted.filter((truth) => truth === YES).length;
    if (sure >= uses) return NO;
    return admitted.length < uses ? YES : UNKNOWN;
  }

  /** Whether one of the policies that no other overrules says something. */
  #inForce(says: (policy: Policy) => boolean): Truth {
    const { create, byType } = this.#facts;
    const policies = [...(create === null ? [] : [create]), ...(byType.get("policy") ?? [])];
    const saying = policies.filter(({ entry: { body } }) => "policy" in body && says(body.policy));
    return this.#standing(saying, policies, overrules);
  }

  /** Whether one of the entries counts and none of the others does that stands against it: the latest are looked at first. */
  #standing(entries: Entries | undefined, others: Entries | undefined, against: Against): Truth {
    const contraries = this.#seen(others).toReversed();
    let found: Truth = NO;
    for (const entry of this.#seen(entries).toReversed()) {
      found = any([found, all(this.#sight.truthOf(entry), not(this.#contradicted(entry, contraries, against)))]);
      if (found === YES) return YES;
    }
    return found;
  }

  #contradicted(entry: StoredEntry, contraries: Entries, against: Against): Truth {
    let found: Truth = NO;
    for (const other of contraries) {
      if (other === entry || !against(other, entry)) continue;
      found = any([found, this.#sight.truthOf(other)]);
      if (found === YES) return YES;
    }
    return found;
  }

  #truths(entries: Entries | undefined): Truth[] {
    return this.#seen(entries).map((entry) => this.#sight.truthOf(entry));
  }

  #seen(entries: Entries | undefined): Entries {
    return entries?.filter((entry) => !this.#sight.isVoid(entry) && this.#sight.sees(entry)) ?? [];
  }
}

/** How many are surely so, and how many may be. */
function count(tally: { sure: number; possible: number }, truth: Truth): void {
  if (truth === YES) tally.sure++;
  if (truth !== NO) tally.possible++;
}

/** Whether `other` stands against `entry`. */
type Against = (other: StoredEntry, entry: StoredEntry) => boolean;
const overrules: Against = (other, entry) => hasSeen(other, entry);
const outlives: Against = (other, entry) => !hasSeen(entry, other);
