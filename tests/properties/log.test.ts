import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import type { Policy } from "../../core/membership/body.ts";
import { createLog, heads, type Log, merge } from "../../core/membership/log.ts";
import { countsOf } from "../../core/membership/fold.ts";
import type { EntryId } from "../../core/membership/ids.ts";
import { rosterOf } from "../../core/membership/roster.ts";
import { assertSound } from "./log-soundness.ts";
import { bytesOf, fingerprint, MEETING, Person, starter } from "../unit/membership/world.ts";

usePlatformCrypto();

const PEOPLE = 12;
const ADMISSIONS = ["invite", "knock-any", "knock-moderator"] as const;

/** Of the others, how many are in from the beginning, and how many of these as moderators. */
const MEMBERS = 8;
const MODERATORS = 5;

const KINDS = [
  ...[
    "admit",
    "admit",
    "admit",
    "hear",
    "hear",
    "hear",
    "clash",
    "remove",
    "remove",
    "remove",
    "remove",
    "grant",
    "grant",
  ],
  ...["revoke", "revoke", "leave", "device", "lock", "unlock", "policy", "rewind"],
  ...["vote", "vote", "object", "expel", "outvote", "outvote", "appeal", "readmit", "return", "revoke-invite"],
  ...["overthrow", "overthrow", "present"],
] as const;

interface Action {
  readonly kind: string;
  readonly actor: number;
  readonly target: number;
  readonly detail: number;
}

const person = fc.nat({ max: PEOPLE - 1 });
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...KINDS),
  actor: person,
  target: person,
  detail: fc.nat({ max: 1000 }),
});

interface Scene {
  readonly people: readonly Person[];
  readonly entries: readonly Uint8Array[];
  readonly actions: readonly Action[];
}

/** What each scene begins with: a starter, members, moderators and outsiders, all holding the same log. */
function begin(
  policy: (typeof ADMISSIONS)[number],
  rule: "moderators" | "votes" | "nobody",
): { readonly people: readonly Person[]; readonly log: Log } {
  const root = starter(policy);
  const people = [root, ...Array.from({ length: PEOPLE - 1 }, () => new Person(root.key.publicKey))];
  const capability = root.capability();
  for (const one of people.slice(1, MEMBERS + 1)) root.admit(one, capability);
  if (rule === "nobody") root.write({ type: "revoke", member: root.id });
  else for (const one of people.slice(1, MODERATORS + 1)) root.write({ type: "grant", member: one.id });
  if (rule === "votes") root.write({ type: "policy", policy: { admission: policy, removal: "votes" } });
  return { people, log: root.log };
}

const BEGINNINGS = [
  begin("invite", "moderators"),
  begin("invite", "nobody"),
  begin("knock-any", "votes"),
  begin("knock-moderator", "moderators"),
];

/** Lets people do things, allowed or not, each on their own copy of the log, some of them on an old one. */
function play(actions: readonly Action[]): Scene {
  const beginning = BEGINNINGS[actions.length % BEGINNINGS.length];
  if (beginning === undefined) throw new Error("no beginning");
  const { people } = beginning;
  const older = new Map<Person, Log>();
  for (const one of people) one.log = beginning.log;
  for (const { kind, actor, target, detail } of actions) {
    const [by, whom] = [people[actor], people[target]];
    if (by === undefined || whom === undefined) continue;
    if (kind === "hear") by.hearAllOf(whom);
    else if (kind === "clash") {
      const verdict = detail % 2 === 0 ? "remove" : "revoke";
      tryTo(by, { kind: verdict, whom, issuer: by, detail });
      tryTo(whom, { kind: verdict, whom: by, issuer: by, detail });
    } else if (kind === "rewind") {
      const back = older.get(by);
      older.set(by, by.log);
      by.log = back ?? beginning.log;
    } else if (kind === "outvote" || kind === "return" || kind === "overthrow")
      together(people, { kind, by, whom, detail });
    else tryTo(by, { kind, whom, issuer: people[detail % 2 === 0 ? 0 : detail % PEOPLE] ?? by, detail });
  }
  const all = new Map(people.flatMap((one) => bytesOf(one).map((bytes) => [String(bytes), bytes] as const)));
  return { people, entries: [...all.values()], actions };
}

/** What is voted, and what is written when there are enough. */
const VOICES = {
  outvote: { vote: "vote", outcome: "expel" },
  return: { vote: "welcome", outcome: "readmit" },
  overthrow: { vote: "miss", outcome: "depose" },
} as const;

interface Agreement {
  readonly kind: "outvote" | "return" | "overthrow";
  readonly by: Person;
  readonly whom: Person;
  readonly detail: number;
}

/** Some members vote the same way, and one of them, or somebody else, writes down what came of it. */
function together(people: readonly Person[], { kind, by, whom, detail }: Agreement): void {
  const voters = people.slice(0, MEMBERS + 1).filter((_, index) => (detail >> (index % 3)) % 3 !== 0);
  if (kind === "return") tryTo(by, { kind: "appeal", whom, issuer: by, detail });
  for (const voter of voters) {
    if (detail % 2 === 0 || kind === "return") voter.hearAllOf(by);
    tryTo(voter, { kind: VOICES[kind].vote, whom, issuer: by, detail });
  }
  for (const voter of voters) by.hearAllOf(voter);
  tryTo(by, { kind: VOICES[kind].outcome, whom, issuer: by, detail });
}

/** Any way of admission, with and without a word about whose invites count. */
function policyOf(detail: number): Policy {
  const policy = { admission: ADMISSIONS[detail % 3] ?? "invite", removal: "moderators" } as const;
  const inviting = ([undefined, "members", "moderators"] as const)[Math.floor(detail / 3) % 3];
  return inviting === undefined ? policy : { ...policy, inviting };
}

/** What somebody has to appeal against, or any entry if there is nothing. */
function removalOf(whom: Person, by: Person): EntryId | undefined {
  return rosterOf(by.log).removals.find(({ member }) => member === whom.id)?.id ?? by.log.entries[0]?.id;
}

interface Attempt {
  readonly kind: string;
  readonly whom: Person;
  readonly issuer: Person;
  readonly detail: number;
}

function tryTo(by: Person, { kind, whom, issuer, detail }: Attempt): void {
  try {
    if (kind === "admit")
      by.admit(whom, issuer.capability({ uses: detail % 3, expiresAt: 1_800_000_000_000 + (detail % 5) - 1 }));
    else if (kind === "remove") by.write({ type: "remove", member: whom.id, reason: String(detail) });
    else if (kind === "grant" || kind === "revoke") by.write({ type: kind, member: whom.id });
    else if (kind === "policy") by.write({ type: "policy", policy: policyOf(detail) });
    else if (kind === "vote" || kind === "object") by.vote("remove", whom, kind === "vote");
    else if (kind === "miss")
      by.write({ type: "vote", motion: "remove", member: whom.id, approve: true, reason: "", unheard: true });
    else if (kind === "depose") by.write({ type: "expel", member: whom.id, reason: "", unheard: true });
    else if (kind === "welcome") by.vote("readmit", whom);
    else if (kind === "expel") by.write({ type: "expel", member: whom.id, reason: String(detail) });
    else if (kind === "readmit") by.write({ type: "readmit", member: whom.id, index: detail % 12 });
    else if (kind === "appeal") {
      const removal = removalOf(whom, by);
      if (removal !== undefined) by.write({ type: "appeal", appeal: whom.appeal(removal) });
    } else if (kind === "revoke-invite") {
      const id = by.log.entries[detail % by.log.entries.length]?.admission?.capability.id;
      if (id !== undefined) by.write({ type: "revoke-invite", id, issuer: issuer.id });
    } else if (kind === "device") by.write({ type: "device", fingerprint: fingerprint() });
    else if (kind === "leave" || kind === "lock" || kind === "unlock" || kind === "present") by.write({ type: kind });
  } catch (error) {
    // Somebody whom no entry names can write nothing at all.
    expect(error).toMatchObject({ code: "entry-refused" });
  }
}

/** Merges the entries in another order, in batches of any size. */
function mergedInOrder(scene: Scene, order: readonly number[], batch: number): Log {
  const root = scene.people[0]?.key.publicKey ?? new Uint8Array();
  let log = createLog({ meetingId: MEETING, root });
  const shuffled = scene.entries
    .map((bytes, index) => ({ bytes, rank: order[index % order.length] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ bytes }) => bytes);
  for (let start = 0; start < shuffled.length; start += batch) {
    const result = merge(log, shuffled.slice(start, start + batch));
    expect(result.rejected).toEqual([]);
    log = result.log;
  }
  return log;
}

const orders = fc.array(fc.nat(), { minLength: 80, maxLength: 80 });
const scenes = fc.array(action, { minLength: 10, maxLength: 40 }).map(play);

describe("any log", { timeout: 300_000 }, () => {
  it("gives the same roster, roles and heads in whatever order and batches it comes, and keeps its rules", () => {
    fc.assert(
      fc.property(scenes, orders, fc.integer({ min: 1, max: 80 }), (scene, order, batch) => {
        const straight = mergedInOrder(scene, [0], 1000);
        const other = mergedInOrder(scene, order, batch);
        expect(other.pending.size).toBe(0);
        expect(other.entries.length).toBe(scene.entries.length);
        expect(rosterOf(other)).toEqual(rosterOf(straight));
        expect(heads(other)).toEqual(heads(straight));
        assertSound(other);
      }),
      { numRuns: 30 },
    );
  });

  it("changes by no entry that does not count", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        let log = createLog({ meetingId: MEETING, root: scene.people[0]?.key.publicKey ?? new Uint8Array() });
        for (const bytes of scene.entries) {
          const before = log;
          log = merge(log, [bytes]).log;
          const [added] = log.entries.slice(before.entries.length);
          if (log.entries.length !== before.entries.length + 1 || added === undefined) continue;
          const [now, then] = [rosterOf(log), rosterOf(before)];
          // Evidence of two histories is shown whether or not it counts.
          if (!countsOf(log).has(added)) expect({ ...now, equivocations: [] }).toEqual({ ...then, equivocations: [] });
        }
      }),
      { numRuns: 10 },
    );
  });
});
