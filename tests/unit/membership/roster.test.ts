import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { memberIdOf } from "../../../core/base/member-id.ts";
import { checkCapability } from "../../../core/membership/check-capability.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { bytesOf, fingerprint, MEETING, meetingOf, NOW, Person, starter } from "./world.ts";

usePlatformCrypto();

function capabilityCode(person: Person, capability: Uint8Array, now = NOW): string {
  const checked = checkCapability(capability, { meetingId: MEETING, roster: rosterOf(person.log), now });
  return checked.ok ? "ok" : checked.error.code;
}

describe("who is in", () => {
  it("is the starter at first", () => {
    const root = starter("knock-any");
    const roster = rosterOf(root.log);
    expect(roster.policy).toEqual({ admission: "knock-any", removal: "moderators", inviting: "members" });
    expect(roster.members).toMatchObject([
      { id: root.id, key: root.key.publicKey, index: 0, moderator: true, admittedAt: NOW, admittedBy: null },
    ]);
  });

  it("is nobody in an empty log", () => expect(new Person().members).toEqual([]));

  it("are those admitted, in order, with their own certificates", () => {
    const root = starter();
    const newcomer = new Person(root.key.publicKey);
    const print = fingerprint();
    root.admit(newcomer, root.capability({ id: new Uint8Array(16).fill(10) }), NOW + 5);
    newcomer.hearAllOf(root);
    newcomer.write({ type: "device", fingerprint: print });
    expect(rosterOf(newcomer.log).members[1]).toMatchObject({
      id: newcomer.id,
      index: 1,
      moderator: false,
      admittedAt: NOW + 5,
      admittedBy: root.id,
      fingerprint: print,
      capabilityId: "0a".repeat(16),
    });
  });

  it("is not who was admitted without being asked for by themselves", () => {
    const root = starter();
    const request = new Person(root.key.publicKey).request();
    request[40] = (request[40] ?? 0) ^ 1;
    expect(() => root.write({ type: "admit", request, index: 1, capability: root.capability() })).toThrow(
      "entry-refused",
    );
  });

  it("is nobody who left, even admitted again under the same key", () => {
    const [root, one] = meetingOf(2);
    expect(one?.write({ type: "leave" }).counts).toBe(true);
    if (one === undefined) return;
    root.hearAllOf(one);
    expect(root.members).toEqual([root.id]);
    expect(rosterOf(root.log).departures).toEqual([{ member: one.id, time: NOW }]);
    expect(root.admit(one, root.capability()).counts).toBe(false);
    expect(root.members).toEqual([root.id]);
  });

  it("goes on without the starter", () => {
    const [root, one, two] = meetingOf(3);
    root.write({ type: "leave" });
    one?.hearAllOf(root);
    expect(one?.members).toEqual([one?.id, two?.id]);
    expect(one?.admit(new Person(root.key.publicKey), root.capability()).counts).toBe(true);
  });
});

describe("removal", () => {
  it("is a moderator's, signed with its reason, and for good", () => {
    const [root, one, two] = meetingOf(3);
    if (one === undefined || two === undefined) throw new Error("too few");
    const removal = root.write({ type: "remove", member: one.id, reason: "shouting" }, NOW + 9);
    expect(removal.counts).toBe(true);
    expect(root.members).toEqual([root.id, two.id]);
    expect(rosterOf(root.log).removals).toEqual([
      { id: removal.id, member: one.id, by: root.id, reason: "shouting", time: NOW + 9, byVote: false },
    ]);
    expect(root.admit(one, root.capability()).counts).toBe(false);
    expect(root.members).not.toContain(one.id);
  });

  it("has no effect from somebody who is no moderator, of oneself, or of a stranger", () => {
    const [root, one, two] = meetingOf(3);
    if (one === undefined || two === undefined) throw new Error("too few");
    expect(one.write({ type: "remove", member: two.id, reason: "" }).counts).toBe(false);
    expect(one.members).toContain(two.id);
    expect(root.write({ type: "remove", member: root.id, reason: "" }).counts).toBe(false);
    expect(root.write({ type: "remove", member: new Person().id, reason: "" }).counts).toBe(false);
    expect(rosterOf(root.log).removals).toEqual([]);
  });

  it("takes away what the removed wrote without the remover knowing, not what was known", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    const early = new Person(root.key.publicKey);
    const late = new Person(root.key.publicKey);
    const known = one.admit(early, root.capability());
    root.hear(known.entry);
    root.write({ type: "remove", member: one.id, reason: "" });
    const unknown = one.admit(late, root.capability());
    expect(unknown.counts).toBe(true);
    root.hear(unknown.entry);
    expect(root.members).toEqual([root.id, early.id]);
    one.hearAllOf(root);
    expect(one.members).toEqual(root.members);
  });

  it("leaves no way back in through those whom the removed let in meanwhile", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    root.write({ type: "remove", member: one.id, reason: "" });
    const friend = new Person(root.key.publicKey);
    const again = new Person(root.key.publicKey);
    one.admit(friend, root.capability());
    friend.hearAllOf(one);
    friend.admit(again, root.capability());
    root.hearAllOf(friend);
    expect(root.members).toEqual([root.id]);
  });
});

describe("admission", () => {
  it("under knock-moderator is a moderator's", () => {
    const [root, one] = meetingOf(2, "knock-moderator");
    const newcomer = new Person(root.key.publicKey);
    expect(one?.admit(newcomer, root.capability()).counts).toBe(false);
    expect(root.admit(newcomer, root.capability()).counts).toBe(true);
  });

  it.each(["invite", "knock-any"] as const)("under %s is any member's", (admission) => {
    const [root, one] = meetingOf(2, admission);
    expect(one?.admit(new Person(root.key.publicKey), root.capability()).counts).toBe(true);
  });

  it("needs a capability that has not expired by the entry's time", () => {
    const root = starter();
    const capability = root.capability({ expiresAt: NOW });
    expect(root.admit(new Person(), capability, NOW + 1).counts).toBe(false);
    expect(root.admit(new Person(), capability, NOW).counts).toBe(true);
    expect(capabilityCode(root, capability, NOW + 1)).toBe("invite-expired");
    expect(capabilityCode(root, capability, NOW)).toBe("ok");
  });

  it("counts the uses of a capability", () => {
    const root = starter();
    const capability = root.capability({ uses: 2 });
    expect(root.admit(new Person(), capability).counts).toBe(true);
    expect(capabilityCode(root, capability)).toBe("ok");
    expect(root.admit(new Person(), capability).counts).toBe(true);
    expect(capabilityCode(root, capability)).toBe("invite-used-up");
    expect(root.admit(new Person(), capability).counts).toBe(false);
  });

  it("takes no capability of a stranger, of a removed member, or altered", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    const capability = one.capability();
    expect(capabilityCode(root, capability)).toBe("ok");
    expect(capabilityCode(root, new Person().capability())).toBe("invite-not-an-invite");
    root.write({ type: "remove", member: one.id, reason: "" });
    expect(capabilityCode(root, capability)).toBe("invite-revoked");
    expect(root.admit(new Person(), capability).counts).toBe(false);
    const altered = root.capability({ label: "for Ada" });
    altered[60] = (altered[60] ?? 0) ^ 1;
    expect(capabilityCode(root, altered)).toBe("invite-not-an-invite");
  });

  it("under knock-moderator takes a moderator's capabilities only", () => {
    const [root, one] = meetingOf(2, "knock-moderator");
    expect(capabilityCode(root, one?.capability() ?? new Uint8Array())).toBe("invite-not-an-invite");
    expect(root.admit(new Person(), one?.capability() ?? new Uint8Array()).counts).toBe(false);
    expect(capabilityCode(root, root.capability())).toBe("ok");
  });

  it("of one newcomer by two at once keeps one place, and two newcomers may share an index", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    const twice = new Person(root.key.publicKey);
    const other = new Person(root.key.publicKey);
    root.admit(twice, root.capability());
    one.admit(twice, root.capability());
    one.admit(other, root.capability());
    root.hearAllOf(one);
    one.hearAllOf(root);
    expect(root.members.toSorted()).toEqual([root.id, one.id, twice.id, other.id].toSorted());
    expect(rosterOf(one.log)).toEqual(rosterOf(root.log));
  });
});

describe("strangers", () => {
  it("cannot put anything into the log", () => {
    const root = starter();
    const stranger = new Person(root.key.publicKey);
    stranger.hear(...bytesOf(root));
    expect(() => stranger.write({ type: "leave" })).toThrow("entry-refused");
    const own = starter();
    expect(root.hear(...bytesOf(own))).toEqual(["entry-of-a-stranger"]);
    expect(memberIdOf(root.key.publicKey)).toBe(root.members[0]);
  });
});
