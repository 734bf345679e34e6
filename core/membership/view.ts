import type { MemberId } from "../base/member-id.ts";
import type { Policy } from "./body.ts";
import type { Facts } from "./facts.ts";
import { hasSeen, type StoredEntry } from "./log-store.ts";
import { all, any, known, not, type Truth } from "./truth.ts";

/** The meeting as the author of one entry saw it: what of the entry's past counts. */
export interface View {
  readonly root: MemberId;
  policy(): Policy;
  isMember(member: MemberId): Truth;
  isModerator(member: MemberId): Truth;
  /** Admitted at some time, whatever came after. */
  wasAdmitted(member: MemberId): Truth;
  wasRemoved(member: MemberId): Truth;
  hasLeft(member: MemberId): Truth;
  /** Whether the capability has let in fewer than `uses` so far. */
  hasUsesLeft(capabilityId: string, uses: number): Truth;
}

const CLOSED: Policy = { admission: "knock-moderator" };

/** `truth` tells of any entry whether it counts, as far as is known. */
export function viewOf(entry: StoredEntry, facts: Facts, truth: (entry: StoredEntry) => Truth): View {
  const seen = (list: readonly StoredEntry[] | undefined): Truth[] =>
    (list ?? []).filter((earlier) => hasSeen(entry, earlier)).map((earlier) => truth(earlier));
  const wasAdmitted = (member: MemberId): Truth =>
    member === facts.root
      ? known(facts.create !== null && hasSeen(entry, facts.create))
      : any(seen(facts.admissionsOf.get(member)));
  const wasRemoved = (member: MemberId): Truth => any(seen(facts.removalsOf.get(member)));
  const hasLeft = (member: MemberId): Truth => any(seen(facts.departuresOf.get(member)));
  const isMember = (member: MemberId): Truth => all(wasAdmitted(member), not(wasRemoved(member)), not(hasLeft(member)));
  return {
    root: facts.root,
    policy: () => (facts.create?.entry.body.type === "create" ? facts.create.entry.body.policy : CLOSED),
    isMember,
    isModerator: (member) => all(known(member === facts.root), isMember(member)),
    wasAdmitted,
    wasRemoved,
    hasLeft,
    hasUsesLeft: (capabilityId, uses) => {
      const admitted = seen(facts.usesOf.get(capabilityId)).filter((counts) => counts !== 0);
      const sure = admitted.filter((counts) => counts === 2).length;
      return sure >= uses ? 0 : admitted.length < uses ? 2 : 1;
    },
  };
}
