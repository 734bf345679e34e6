import type { MemberId } from "../base/member-id.ts";
import { ADMISSIONS, type Admission } from "./body.ts";
import type { Facts } from "./facts.ts";
import { hasSeen, type StoredEntry } from "./log-store.ts";
import { all, any, known, NO, not, type Truth, UNKNOWN, YES } from "./truth.ts";

/** What is asked of an entry: whether it was seen, and whether it counts as far as is known. */
interface Sight {
  sees(entry: StoredEntry): boolean;
  truthOf(entry: StoredEntry): Truth;
}

type Entries = readonly StoredEntry[];

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
    return all(this.wasAdmitted(member), not(this.wasRemoved(member)), not(this.hasLeft(member)));
  }

  /** Admitted at some time, whatever came after. */
  wasAdmitted(member: MemberId): Truth {
    const { create, admissionsOf } = this.#facts;
    if (member === this.root) return known(create !== null && this.#sight.sees(create));
    return any(this.#truths(admissionsOf.get(member)));
  }

  wasRemoved(member: MemberId): Truth {
    return any(this.#truths(this.#facts.removalsOf.get(member)));
  }

  hasLeft(member: MemberId): Truth {
    return any(this.#truths(this.#facts.departuresOf.get(member)));
  }

  /** A member who was made a moderator after every revocation: a revocation stands against a grant that did not know it. */
  isModerator(member: MemberId): Truth {
    const { create, grantsOf, revocationsOf } = this.#facts;
    const first = member === this.root && create !== null ? [create] : [];
    const grants = [...first, ...(grantsOf.get(member) ?? [])];
    return all(this.isMember(member), this.#standing(grants, revocationsOf.get(member), outlives));
  }

  /** Locked and not unlocked by somebody who knew of the lock. */
  isLocked(): Truth {
    const { byType } = this.#facts;
    return this.#standing(byType.get("lock"), byType.get("unlock"), overrules);
  }

  /** Whether this way of admission is in force. Of policies set at the same time without knowing each other, all are: the strictest decides. */
  hasAdmission(admission: Admission): Truth {
    const { create } = this.#facts;
    const policies = [...(create === null ? [] : [create]), ...(this.#facts.byType.get("policy") ?? [])];
    const asked = policies.filter(({ entry: { body } }) => "policy" in body && body.policy.admission === admission);
    return this.#standing(asked, policies, overrules);
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

  /** Whether one of the entries counts and none of the others does that stands against it. */
  #standing(entries: Entries | undefined, others: Entries | undefined, against: Against): Truth {
    const standing = this.#seen(entries).map((entry) => {
      const contrary = this.#seen(others).filter((other) => other !== entry && against(other, entry));
      return all(this.#sight.truthOf(entry), not(any(contrary.map((other) => this.#sight.truthOf(other)))));
    });
    return any(standing);
  }

  #truths(entries: Entries | undefined): Truth[] {
    return this.#seen(entries).map((entry) => this.#sight.truthOf(entry));
  }

  #seen(entries: Entries | undefined): Entries {
    return entries?.filter((entry) => this.#sight.sees(entry)) ?? [];
  }
}

/** Whether `other` stands against `entry`. */
type Against = (other: StoredEntry, entry: StoredEntry) => boolean;
const overrules: Against = (other, entry) => hasSeen(other, entry);
const outlives: Against = (other, entry) => !hasSeen(entry, other);
