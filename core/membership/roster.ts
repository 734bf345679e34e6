import { type MemberId, memberKeyOf } from "../base/member-id.ts";
import type { Policy } from "./body.ts";
import { countsOf, type Folded } from "./fold.ts";
import type { Log, StoredEntry } from "./log-store.ts";
import { mayIssue } from "./rules.ts";
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
  readonly member: MemberId;
  readonly by: MemberId;
  readonly reason: string;
  readonly time: number;
}

interface Departure {
  readonly member: MemberId;
  readonly time: number;
}

/** Who is in the meeting by the log, and who no longer. */
export interface Roster {
  readonly policy: Policy;
  /** Nobody is let in for now. */
  readonly locked: boolean;
  /** In order of admission. */
  readonly members: readonly Member[];
  /** One for each removed member, in the agreed order of entries. */
  readonly removals: readonly Removal[];
  readonly departures: readonly Departure[];
  /** Whose capabilities count. */
  readonly issuers: ReadonlySet<MemberId>;
  /** How many were admitted by each capability, by its id. */
  readonly uses: ReadonlyMap<string, number>;
}

const NOBODY: Roster = {
  policy: { admission: "knock-moderator" },
  locked: true,
  members: [],
  removals: [],
  departures: [],
  issuers: new Set(),
  uses: new Map(),
};
const cache = new WeakMap<Log, Roster>();

/** The roster of a log: the same for the same entries, in whatever order they came. Worked out once for each log value. */
export function rosterOf(log: Log): Roster {
  const roster = cache.get(log) ?? projectRoster(countsOf(log));
  cache.set(log, roster);
  return roster;
}

function projectRoster({ facts, has, present }: Folded): Roster {
  if (facts.create === null) return NOBODY;
  const admitted = new Map<MemberId, Member>();
  const removals = new Map<MemberId, Removal>();
  const departures = new Map<MemberId, Departure>();
  for (const entry of facts.sorted) {
    if (!has(entry)) continue;
    const { body, time } = entry.entry;
    const { author } = entry;
    if (body.type === "leave" && !departures.has(author)) departures.set(author, { member: author, time });
    if (body.type === "remove" && !removals.has(body.member)) {
      removals.set(body.member, { member: body.member, by: author, reason: body.reason, time });
    }
    enrol(admitted, entry, facts.root);
  }
  const everybody = [...admitted.values()].map((one) => ({ ...one, moderator: present.isModerator(one.id) === YES }));
  return {
    policy: { admission: present.strictestAdmission() },
    locked: present.isLocked() === YES,
    members: everybody.filter(({ id }) => !removals.has(id) && !departures.has(id)),
    removals: [...removals.values()],
    departures: [...departures.values()].filter(({ member }) => !removals.has(member)),
    issuers: new Set(everybody.map(({ id }) => id).filter((id) => mayIssue(id, present) === YES)),
    uses: countUses(everybody),
  };
}

function countUses(members: readonly Member[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { capabilityId } of members) {
    if (capabilityId !== null) uses.set(capabilityId, (uses.get(capabilityId) ?? 0) + 1);
  }
  return uses;
}

/** What one entry that counts says of who is there and with which certificate. */
function enrol(members: Map<MemberId, Member>, entry: StoredEntry, root: MemberId): void {
  const { body, time } = entry.entry;
  const { author, admission } = entry;
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
}

/** The lowest index that no member uses: what an `admit` takes. */
export function lowestFreeIndex(roster: Roster): number {
  const taken = new Set(roster.members.map((member) => member.index));
  let index = 0;
  while (taken.has(index)) index++;
  return index;
}
