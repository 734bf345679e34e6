import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import type { EntryBody, Policy } from "../../../core/membership/body.ts";
import { bodyFromCbor, bodyToCbor } from "../../../core/membership/body-codec.ts";
import { checkCapability } from "../../../core/membership/check-capability.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { fingerprint, MEETING, NOW, Person, share, starter } from "./world.ts";

usePlatformCrypto();

const OPEN = { admission: "invite", removal: "moderators", inviting: "members" } as const;
const KEPT = { ...OPEN, inviting: "moderators" } as const;

/** A starter, a moderator and two members. */
function meeting(): [Person, Person, Person, Person] {
  const root = starter();
  const others = [0, 1, 2].map(() => new Person(root.key.publicKey)) as [Person, Person, Person];
  for (const other of others) root.admit(other, root.capability());
  root.write({ type: "grant", member: others[0].id });
  share([root, ...others]);
  return [root, ...others];
}

/** Whether both say that somebody's capability lets people in: what the admitter asks before, and what the log makes of it. */
function letsIn(by: Person, issuer: Person): boolean {
  const capability = issuer.capability();
  const checked = checkCapability(capability, { meetingId: MEETING, roster: rosterOf(by.log), now: NOW }).ok;
  const { counts } = by.admit(new Person(), capability);
  expect(counts).toBe(checked);
  return counts;
}

describe("whose invites count", () => {
  it("any member's where the policy says so, and only moderators' where it does not, until it is changed", () => {
    const [root, moderator, member] = meeting();
    root.write({ type: "policy", policy: KEPT });
    expect([root, moderator, member].map((issuer) => letsIn(root, issuer))).toEqual([true, true, false]);
    root.write({ type: "policy", policy: OPEN });
    expect([root, moderator, member].map((issuer) => letsIn(root, issuer))).toEqual([true, true, true]);
    root.write({ type: "policy", policy: { ...OPEN, admission: "knock-moderator" } });
    expect(letsIn(root, member)).toBe(true);
    root.write({ type: "policy", policy: KEPT });
    expect(letsIn(root, member)).toBe(false);
  });

  it("whoever admits by a member's invite after the change does so in vain, whatever they claim", () => {
    const [root, , member, other] = meeting();
    root.write({ type: "policy", policy: KEPT });
    share([root, member, other]);
    const guest = new Person(root.key.publicKey);
    const capability = member.capability();
    expect(other.admit(guest, capability).counts).toBe(false);
    share([root, other]);
    expect(rosterOf(root.log).members.map(({ id }) => id)).not.toContain(guest.id);
  });

  it("of two policies set at the same time the stricter holds", () => {
    const [root, moderator, member] = meeting();
    root.write({ type: "policy", policy: OPEN });
    moderator.write({ type: "policy", policy: KEPT });
    share([root, moderator]);
    expect(rosterOf(root.log).policy.inviting).toBe("moderators");
    expect(letsIn(root, member)).toBe(false);
  });

  it("a moderator's outlive the leaving of whoever made them, not the end of the role", () => {
    const [root, moderator, member] = meeting();
    root.write({ type: "policy", policy: KEPT });
    root.write({ type: "grant", member: member.id });
    share([root, moderator, member]);
    moderator.write({ type: "leave" });
    root.write({ type: "revoke", member: member.id });
    share([root, moderator]);
    expect(letsIn(root, moderator)).toBe(true);
    expect(letsIn(root, member)).toBe(false);
  });

  it.each([
    ["invite", true],
    ["knock-any", true],
    ["knock-moderator", false],
  ] as const)("under a policy of %s that does not say it: a member's count is %s", (admission, counts) => {
    const [root, , member] = meeting();
    root.write({ type: "policy", policy: { admission, removal: "moderators" } });
    expect(letsIn(root, member)).toBe(counts);
    expect(rosterOf(root.log).policy.inviting).toBe(counts ? "members" : "moderators");
  });
});

describe("a policy on the wire", () => {
  const bodies = (policy: Policy): readonly EntryBody[] => [
    { type: "policy", policy },
    { type: "create", policy, fingerprint: fingerprint() },
  ];

  it.each([[OPEN], [KEPT], [{ admission: "knock-any", removal: "votes" } as const]])("comes back as %j", (policy) => {
    for (const body of bodies(policy)) expect(bodyFromCbor(bodyToCbor(body))).toEqual(body);
  });

  it("is as long as before without a word about invites", () => {
    const short = bodies({ admission: "invite", removal: "votes" });
    expect(short.map((body) => bodyToCbor(body).length)).toEqual([3, 4]);
  });

  it("is refused with any other word, or one too many", () => {
    for (const body of bodies(KEPT)) {
      const fields = bodyToCbor(body);
      for (const word of [2, -1, null, "members", true])
        expect(bodyFromCbor([...fields.slice(0, -1), word])).toBe(null);
      expect(bodyFromCbor([...fields, 0])).toBe(null);
    }
    expect(bodyFromCbor([10, 0])).toBe(null);
    expect(bodyFromCbor([1, 0, 0])).toBe(null);
  });
});
