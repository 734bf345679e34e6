import { type MemberId, memberKeyOf } from "../base/member-id.ts";
import { type Act, actsIn } from "./acts.ts";
import type { Policy } from "./body.ts";
import { type Equivocation, equivocationsIn } from "./equivocation.ts";
import { capabilityKey } from "./facts.ts";
import { countsOf, type Folded } from "./fold.ts";
import type { EntryId } from "./ids.ts";
import { compareEntries, hasSeen, type Log, type StoredEntry } from "./log-store.ts";
import { type MotionTally, motionsIn } from "./motions.ts";
import { mayIssue } from "./rules.ts";
import { standingAdmissions } from "./standing-admission.ts";
import { YES } from "./truth.ts";

export interface Member {
  readonly id: MemberId;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 0 to 65,535; two members admitted at the same moment may share one. */
  readonly index: number;
  readonly moderator: boolean;
  /** Milliseconds since the Unix epoch by the admitter's clock. */
  readonly admittedAt: number;
  /** Null for the starter. */
  readonly admittedBy: MemberId | null;
  /** SHA-256 of the DTLS certificate in use, lower-case hex. */
  readonly fingerprint: string;
  /** 16 bytes in hex; null for the starter. */
  readonly capabilityId: string | null;
}

interface Removal {
  readonly id: EntryId;
  readonly member: MemberId;
  /** Whoever wrote it; where votes decided, only the one who put down what was decided. */
  readonly by: MemberId;
  readonly reason: string;
  readonly time: number;
  readonly byVote: boolean;
}

/** An invite as far as the log knows it: by the people who came in by it. */
interface UsedInvite {
  readonly id: string;
  readonly issuer: MemberId;
  readonly label: string;
  readonly expiresAt: number;
  readonly uses: number;
  readonly members: readonly MemberId[];
}

interface Departure {
  readonly member: MemberId;
  readonly time: number;
}

/** Who is in the meeting by the log, and who no longer. */
export interface Roster {
  readonly policy: Required<Policy>;
  /** Nobody is let in for now. */
  readonly locked: boolean;
  /** In order of admission. */
  readonly members: readonly Member[];
  /** One for each removed member who has not been let back in, in the agreed order of entries. */
  readonly removals: readonly Removal[];
  readonly departures: readonly Departure[];
  /** Whose capabilities count. */
  readonly issuers: ReadonlySet<MemberId>;
  /** How many were admitted by each capability, by its id. */
  readonly uses: ReadonlyMap<string, number>;
  /** Those by which somebody came in. */
  readonly invites: readonly UsedInvite[];
  /** Capabilities by which nobody comes in any more, as `capabilityKey` names them. */
  readonly revokedInvites: ReadonlySet<string>;
  /** Whether votes decide on removals at present. */
  readonly votesDecide: boolean;
  /** What is being voted on, and appeals nobody has voted on yet. */
  readonly motions: readonly MotionTally[];
  /** Whoever has signed two histories, with the evidence. */
  readonly equivocations: readonly Equivocation[];
}

const NOBODY: Roster = {
  policy: { admission: "knock-moderator", removal: "moderators", inviting: "moderators" },
  locked: true,
  members: [],
  removals: [],
  departures: [],
  issuers: new Set(),
  uses: new Map(),
  invites: [],
  revokedInvites: new Set(),
  votesDecide: false,
  motions: [],
  equivocations: [],
};
const cache = new WeakMap<Log, Roster>();

/** The roster of a log: the same for the same entries, in whatever order they came. Worked out once for each log value. */
export function rosterOf(log: Log): Roster {
  const roster = cache.get(log) ?? projectRoster(countsOf(log));
  cache.set(log, roster);
  return roster;
}

/** All that was done in a meeting, in the agreed order. */
export function actsOf(log: Log): readonly Act[] {
  return actsIn(countsOf(log));
}

function projectRoster(folded: Folded): Roster {
  const { facts, has, present } = folded;
  if (facts.create === null) return NOBODY;
  const admitted = new Map<MemberId, Member>();
  const standing = standingAdmissions(folded);
  const departures = new Map<MemberId, Departure>();
  for (const entry of facts.sorted) {
    if (!has(entry)) continue;
    const { body, time } = entry.entry;
    const { author } = entry;
    if (body.type === "leave" && !departures.has(author)) departures.set(author, { member: author, time });
    if (body.type !== "admit" || standing.has(entry)) enrol(admitted, entry, folded);
  }
  const isIn = (id: MemberId): boolean => present.isMember(id) === YES;
  const removals = standingRemovals(folded);
  const isOut = (id: MemberId): boolean => removals.some(({ member }) => member === id);
  const everybody = [...admitted.values()].map((one) => ({ ...one, moderator: present.isModerator(one.id) === YES }));
  return {
    policy: {
      admission: present.strictestAdmission(),
      removal: present.asksVotes() === YES ? "votes" : "moderators",
      inviting: present.keepsInvites() === YES ? "moderators" : "members",
    },
    locked: present.isLocked() === YES,
    members: everybody.filter(({ id }) => isIn(id)),
    removals,
    departures: [...departures.values()].filter(({ member }) => !isOut(member)),
    issuers: new Set(everybody.map(({ id }) => id).filter((id) => mayIssue(id, present) === YES)),
    uses: countUses(everybody),
    invites: usedInvites(everybody, [...standing]),
    revokedInvites: new Set([...facts.inviteRevocationsOf].flatMap(([key, entries]) => (entries.some(has) ? key : []))),
    votesDecide: present.votesDecide() === YES,
    motions: motionsIn(folded),
    equivocations: equivocationsIn(facts),
  };
}

/** For each member who is out, the first removal that whoever let them back in did not know of. */
function standingRemovals({ facts, has }: Folded): readonly Removal[] {
  const firsts: StoredEntry[] = [];
  for (const [member, entries] of facts.removalsOf) {
    const readmissions = facts.readmissionsOf.get(member)?.filter(has) ?? [];
    const first = entries.find((entry) => has(entry) && !readmissions.some((other) => hasSeen(other, entry)));
    if (first !== undefined) firsts.push(first);
  }
  return firsts.sort(compareEntries).flatMap(({ id, author, entry: { body, time } }) => {
    if (body.type !== "remove" && body.type !== "expel") return [];
    const { member, reason } = body;
    return [{ id, member, by: author, reason, time, byVote: body.type === "expel" }];
  });
}

function usedInvites(members: readonly Member[], admissions: readonly StoredEntry[]): readonly UsedInvite[] {
  const known = new Set(members.map(({ id }) => id));
  const invites = new Map<string, UsedInvite>();
  for (const { admission } of admissions) {
    if (admission === null || !known.has(admission.request.member)) continue;
    const key = capabilityKey(admission.capability);
    const before = invites.get(key)?.members ?? [];
    invites.set(key, { ...admission.capability, members: [...before, admission.request.member] });
  }
  return [...invites.values()];
}

function countUses(members: readonly Member[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { capabilityId } of members) {
    if (capabilityId !== null) uses.set(capabilityId, (uses.get(capabilityId) ?? 0) + 1);
  }
  return uses;
}

/** What one entry that counts says of who is there and with which certificate. */
function enrol(members: Map<MemberId, Member>, entry: StoredEntry, { facts, has }: Folded): void {
  const { body, time } = entry.entry;
  const { author, admission } = entry;
  const { root } = facts;
  if (body.type === "create") {
    const { fingerprint } = body;
    const shared = { admittedAt: time, admittedBy: null, capabilityId: null };
    members.set(root, { ...shared, id: root, key: memberKeyOf(root), index: 0, moderator: false, fingerprint });
  }
  if (body.type === "device") {
    const member = members.get(author);
    if (member !== undefined) members.set(author, { ...member, fingerprint: body.fingerprint });
  }
  if (body.type === "admit" && admission !== null && !members.has(admission.request.member)) {
    const { member: id, key, fingerprint } = admission.request;
    const shared = { admittedAt: time, admittedBy: author, capabilityId: admission.capability.id };
    members.set(id, { ...shared, id, key, index: body.index, moderator: false, fingerprint });
  }
  if (body.type === "readmit") {
    const before = members.get(body.member);
    const appeal = facts.appealsOf.get(body.member)?.findLast((other) => has(other) && hasSeen(entry, other))?.appeal;
    if (before === undefined || appeal === undefined || appeal === null) return;
    const { fingerprint } = appeal.request;
    members.set(body.member, { ...before, fingerprint, index: body.index, admittedAt: time, admittedBy: author });
  }
}

/** The lowest index that no member uses: what an `admit` takes. */
export function lowestFreeIndex(roster: Roster): number {
  const taken = new Set(roster.members.map((member) => member.index));
  let index = 0;
  while (taken.has(index)) index++;
  return index;
}
