import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import type { EntryId } from "../../../core/membership/ids.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { meetingOf, Person, share } from "./world.ts";

usePlatformCrypto();

/** Five people of whom the starter, the only moderator, has left: four members decide by votes. */
function withoutModerator(): [Person, Person, Person, Person] {
  const [root, ...others] = meetingOf(5);
  root.write({ type: "leave" });
  share([root, ...others]);
  return others as [Person, Person, Person, Person];
}

/** Three members who have removed the fourth by votes. */
function afterAVote(): { left: [Person, Person, Person]; out: Person; removal: EntryId } {
  const [one, two, three, out] = withoutModerator();
  for (const voter of [one, two, three]) voter.vote("remove", out);
  share([one, two, three, out]);
  const { id, counts } = one.write({ type: "expel", member: out.id, reason: "shouting" });
  expect(counts).toBe(true);
  share([one, two, three, out]);
  return { left: [one, two, three], out, removal: id };
}

describe("a removal by votes", () => {
  it("takes more than half of the members, and says what they decided", () => {
    const [one, two, three, four] = withoutModerator();
    expect(rosterOf(one.log).votesDecide).toBe(true);
    expect(one.vote("remove", four).counts).toBe(true);
    two.hearAllOf(one);
    two.vote("remove", four);
    expect(rosterOf(two.log).motions).toMatchObject([
      { motion: "remove", member: four.id, approvals: [one.id, two.id], needed: 3, decided: false },
    ]);
    expect(two.write({ type: "expel", member: four.id, reason: "" }).counts).toBe(false);
    three.hearAllOf(two);
    three.vote("remove", four);
    expect(rosterOf(three.log).motions).toMatchObject([{ decided: true }]);
    expect(three.write({ type: "expel", member: four.id, reason: "shouting" }).counts).toBe(true);
    expect(three.members).toEqual([one.id, two.id, three.id]);
    expect(rosterOf(three.log).removals).toMatchObject([{ member: four.id, reason: "shouting", byVote: true }]);
    expect(rosterOf(three.log).motions).toEqual([]);
  });

  it("counts votes that nobody knew of each other when they cast them", () => {
    const { left, out } = afterAVote();
    for (const person of [...left, out]) expect(person.members).toEqual(left.map(({ id }) => id));
  });

  it("does not count a vote twice, one of somebody who is no member, nor the subject's own", () => {
    const [one, two, three, four] = withoutModerator();
    for (let again = 0; again < 3; again++) one.vote("remove", four);
    expect(four.vote("remove", four).counts).toBe(false);
    three.vote("remove", four);
    three.write({ type: "leave" });
    share([one, two, three]);
    expect(rosterOf(one.log).motions).toMatchObject([{ approvals: [one.id], needed: 2 }]);
    expect(one.write({ type: "expel", member: four.id, reason: "" }).counts).toBe(false);
  });

  it("does not count a vote that was taken back, nor one whose author says both at once", () => {
    const [one, two, three, four] = withoutModerator();
    one.vote("remove", four);
    one.vote("remove", four, false);
    expect(rosterOf(one.log).motions).toEqual([]);
    const before = [...two.log.headIds];
    two.vote("remove", four);
    two.forge(before, { type: "vote", motion: "remove", member: four.id, approve: false, reason: "" });
    three.hearAllOf(two);
    expect(rosterOf(three.log).motions).toEqual([]);
  });

  it("is no matter for votes while there is a moderator, unless the policy says so: then a moderator alone cannot", () => {
    const [root, one, two] = meetingOf(3);
    if (one === undefined || two === undefined) throw new Error("too few");
    expect(one.vote("remove", two).counts).toBe(false);
    root.write({ type: "policy", policy: { admission: "invite", removal: "votes" } });
    share([root, one, two]);
    expect(root.write({ type: "remove", member: two.id, reason: "" }).counts).toBe(false);
    expect(root.vote("remove", two).counts).toBe(true);
    one.hearAllOf(root);
    expect(one.vote("remove", two).counts).toBe(true);
    expect(one.write({ type: "expel", member: two.id, reason: "" }).counts).toBe(true);
    expect(one.members).toEqual([root.id, one.id]);
  });

  it("of two groups who vote each other out at once keeps the one written by whoever was admitted first", () => {
    const [one, two, three, four] = withoutModerator();
    for (const voter of [two, three, four]) voter.vote("remove", one);
    for (const voter of [one, three, four]) voter.vote("remove", two);
    share([one, two, three, four]);
    two.write({ type: "expel", member: one.id, reason: "" });
    one.write({ type: "expel", member: two.id, reason: "" });
    share([one, two, three, four]);
    for (const person of [one, two, three, four]) expect(person.members).toEqual([one.id, three.id, four.id]);
  });
});

describe("an appeal", () => {
  it("is the removed member's own, passed on by a member, and once for each removal", () => {
    const { left, out, removal } = afterAVote();
    const [one, two] = left;
    const appeal = out.appeal(removal, "I was not shouting");
    expect(out.write({ type: "appeal", appeal }).counts).toBe(false);
    expect(one.write({ type: "appeal", appeal: two.appeal(removal) }).counts).toBe(false);
    expect(one.write({ type: "appeal", appeal }).counts).toBe(true);
    two.hearAllOf(one);
    expect(two.write({ type: "appeal", appeal: out.appeal(removal, "again") }).counts).toBe(false);
    expect(rosterOf(two.log).motions).toMatchObject([
      { motion: "readmit", member: out.id, appeal: "I was not shouting", approvals: [], needed: 2 },
    ]);
  });

  it("that was altered, or is somebody else's, is no entry at all", () => {
    const { left, out, removal } = afterAVote();
    const appeal = out.appeal(removal);
    appeal[40] = (appeal[40] ?? 0) ^ 1;
    expect(() => left[0].write({ type: "appeal", appeal })).toThrow("entry-refused");
  });

  it("lets somebody back in by more than half of the votes, as a member who writes again", () => {
    const { left, out, removal } = afterAVote();
    const [one, two, three] = left;
    expect(one.vote("readmit", out).counts).toBe(false);
    one.write({ type: "appeal", appeal: out.appeal(removal) });
    share(left);
    one.vote("readmit", out);
    expect(one.write({ type: "readmit", member: out.id, index: 9 }).counts).toBe(false);
    two.vote("readmit", out);
    share(left);
    expect(two.write({ type: "readmit", member: out.id, index: 9 }).counts).toBe(true);
    share([...left, out]);
    expect(three.members).toEqual([one.id, two.id, three.id, out.id]);
    expect(rosterOf(three.log)).toMatchObject({ removals: [], motions: [] });
    expect(rosterOf(three.log).members.at(-1)).toMatchObject({ index: 9, moderator: false });
    expect(out.write({ type: "device", fingerprint: "ab".repeat(32) }).counts).toBe(true);
    three.hearAllOf(out);
    expect(rosterOf(three.log).members.at(-1)?.fingerprint).toBe("ab".repeat(32));
  });

  it("gives back no vote cast before, no role, and nothing written beside the removal", () => {
    const [root, out, two, three] = meetingOf(4);
    if (out === undefined || two === undefined || three === undefined) throw new Error("too few");
    root.write({ type: "grant", member: out.id });
    share([root, out, two, three]);
    const removal = root.write({ type: "remove", member: out.id, reason: "" });
    const friend = new Person(root.key.publicKey);
    out.admit(friend, root.capability());
    two.hearAllOf(root);
    two.hearAllOf(out);
    two.write({ type: "appeal", appeal: out.appeal(removal.id) });
    share([root, two, three]);
    for (const voter of [root, two]) voter.vote("readmit", out);
    share([root, two, three]);
    expect(two.write({ type: "readmit", member: out.id, index: 1 }).counts).toBe(true);
    share([root, out, two, three]);
    expect(three.members).toEqual([root.id, out.id, two.id, three.id]);
    expect(rosterOf(three.log).members[1]).toMatchObject({ id: out.id, moderator: false });
    expect(out.write({ type: "lock" }).counts).toBe(false);
    root.write({ type: "remove", member: out.id, reason: "again" });
    share([root, two, three]);
    expect(rosterOf(two.log).motions).toEqual([]);
    expect(two.write({ type: "readmit", member: out.id, index: 1 }).counts).toBe(false);
  });

  it("does not help against a removal at the same time as being let back in", () => {
    const [root, out, two, three] = meetingOf(4);
    if (out === undefined || two === undefined || three === undefined) throw new Error("too few");
    const removal = root.write({ type: "remove", member: out.id, reason: "" });
    root.write({ type: "appeal", appeal: out.appeal(removal.id) });
    share([root, two, three]);
    for (const voter of [two, three]) voter.vote("readmit", out);
    share([root, two, three]);
    root.write({ type: "remove", member: out.id, reason: "no" });
    expect(two.write({ type: "readmit", member: out.id, index: 1 }).counts).toBe(true);
    share([root, two, three]);
    for (const person of [root, two, three]) {
      expect(person.members).not.toContain(out.id);
      expect(rosterOf(person.log).removals).toMatchObject([{ member: out.id, reason: "no" }]);
    }
  });
});

describe("one invite", () => {
  it("is closed by its maker or a moderator, without touching anybody else's", () => {
    const [root, one, two] = meetingOf(3);
    if (one === undefined || two === undefined) throw new Error("too few");
    const id = new Uint8Array(16).fill(7);
    const hex = "07".repeat(16);
    const [mine, theirs] = [one.capability({ id }), two.capability({ id })];
    expect(two.write({ type: "revoke-invite", id: hex, issuer: one.id }).counts).toBe(false);
    expect(two.admit(new Person(root.key.publicKey), mine).counts).toBe(true);
    expect(one.write({ type: "revoke-invite", id: hex, issuer: one.id }).counts).toBe(true);
    share([root, one, two]);
    expect(two.admit(new Person(root.key.publicKey), mine).counts).toBe(false);
    expect(two.admit(new Person(root.key.publicKey), theirs).counts).toBe(true);
    root.hearAllOf(two);
    expect(root.write({ type: "revoke-invite", id: hex, issuer: two.id }).counts).toBe(true);
    expect(root.admit(new Person(root.key.publicKey), theirs).counts).toBe(false);
    expect(root.members).toHaveLength(5);
    expect(rosterOf(root.log).invites).toMatchObject([{}, { id: hex, issuer: one.id }, { id: hex, issuer: two.id }]);
  });
});
