import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { meetingOf, Person, share, starter } from "./world.ts";

usePlatformCrypto();

type Four = [Person, Person, Person, Person];

/** A starter and three others of whom the first two are moderators, all holding the same log. */
function withModerators(): Four {
  const people = meetingOf(4) as Four;
  const [root, one, two] = people;
  root.write({ type: "grant", member: one.id });
  root.write({ type: "grant", member: two.id });
  for (const person of people) person.hearAllOf(root);
  return people;
}

const moderators = (person: Person): string[] =>
  rosterOf(person.log).members.flatMap(({ id, moderator }) => (moderator ? [id] : []));

describe("moderators", () => {
  it("are made by moderators, and may do what the starter may", () => {
    const [root, one, two, three] = withModerators();
    expect(moderators(root)).toEqual([root.id, one.id, two.id]);
    expect(three.write({ type: "grant", member: three.id }).counts).toBe(false);
    expect(one.write({ type: "remove", member: three.id, reason: "" }).counts).toBe(true);
  });

  it("are no longer once revoked, unless granted anew by somebody who knew", () => {
    const [root, one, two] = withModerators();
    root.write({ type: "revoke", member: one.id });
    expect(moderators(root)).toEqual([root.id, two.id]);
    one.hearAllOf(root);
    expect(one.write({ type: "lock" }).counts).toBe(false);
    root.write({ type: "grant", member: one.id });
    one.hearAllOf(root);
    expect(one.write({ type: "lock" }).counts).toBe(true);
    expect(moderators(root)).toContain(one.id);
  });

  it("stay revoked against a grant at the same time", () => {
    const [root, one, two, three] = withModerators();
    root.write({ type: "revoke", member: two.id });
    one.write({ type: "grant", member: two.id });
    share([root, one, two, three]);
    expect(moderators(three)).toEqual([root.id, one.id]);
  });

  it("who are revoked meanwhile have decided nothing, but whom they let in stays", () => {
    const [root, one, two, three] = withModerators();
    const newcomer = new Person(root.key.publicKey);
    root.write({ type: "revoke", member: one.id });
    one.admit(newcomer, root.capability());
    one.write({ type: "remove", member: three.id, reason: "" });
    share([root, one, two]);
    expect(two.members).toEqual([root.id, one.id, two.id, three.id, newcomer.id]);
  });
});

describe("removals that contradict each other", () => {
  it("of two who remove each other keep the one admitted first", () => {
    const [root, one, two, three] = withModerators();
    two.write({ type: "remove", member: one.id, reason: "b" });
    one.write({ type: "remove", member: two.id, reason: "a" });
    share([root, one, two, three]);
    for (const person of [root, one, two, three]) expect(person.members).toEqual([root.id, one.id, three.id]);
    expect(rosterOf(three.log).removals).toMatchObject([{ member: two.id, by: one.id }]);
  });

  it("of two who revoke each other keep the one admitted first", () => {
    const [root, one, two, three] = withModerators();
    two.write({ type: "revoke", member: one.id });
    one.write({ type: "revoke", member: two.id });
    share([root, one, two, three]);
    expect(moderators(three)).toEqual([root.id, one.id]);
  });

  it("in a circle of three keep the first, and with it whom the second removed", () => {
    const [root, one, two, three] = withModerators();
    root.write({ type: "remove", member: one.id, reason: "" });
    one.write({ type: "remove", member: two.id, reason: "" });
    two.write({ type: "remove", member: root.id, reason: "" });
    share([root, one, two, three]);
    expect(three.members).toEqual([root.id, two.id, three.id]);
  });

  it("without a circle let the removed one's removal fall", () => {
    const [root, one, two, three] = withModerators();
    two.write({ type: "remove", member: root.id, reason: "" });
    root.write({ type: "remove", member: three.id, reason: "" });
    share([root, one, two, three]);
    expect(one.members).toEqual([one.id, two.id, three.id]);
  });

  it("decide an inner circle before what hangs on it", () => {
    const [root, one, two, three] = withModerators();
    root.write({ type: "grant", member: three.id });
    for (const person of [one, two, three]) person.hearAllOf(root);
    two.write({ type: "remove", member: three.id, reason: "" });
    three.write({ type: "remove", member: two.id, reason: "" });
    three.write({ type: "remove", member: one.id, reason: "" });
    one.write({ type: "remove", member: root.id, reason: "" });
    share([root, one, two, three]);
    expect(root.members).toEqual([one.id, two.id]);
  });
});

describe("locks and policies", () => {
  it("a locked meeting lets nobody in until it is unlocked by somebody who knew", () => {
    const [root, one] = withModerators();
    root.write({ type: "lock" });
    one.write({ type: "unlock" });
    share([root, one]);
    expect(rosterOf(root.log).locked).toBe(true);
    expect(one.admit(new Person(root.key.publicKey), root.capability()).counts).toBe(false);
    one.write({ type: "unlock" });
    expect(rosterOf(one.log).locked).toBe(false);
    expect(one.admit(new Person(root.key.publicKey), root.capability()).counts).toBe(true);
  });

  it("of two policies set at the same time the stricter holds, until a later one", () => {
    const [root, one] = withModerators();
    root.write({ type: "policy", policy: { admission: "knock-moderator", removal: "moderators" } });
    one.write({ type: "policy", policy: { admission: "knock-any", removal: "moderators" } });
    share([root, one]);
    expect(rosterOf(one.log).policy).toMatchObject({ admission: "knock-moderator", removal: "moderators" });
    one.write({ type: "policy", policy: { admission: "invite", removal: "moderators" } });
    expect(rosterOf(one.log).policy).toMatchObject({ admission: "invite", removal: "moderators" });
  });

  it("a policy of somebody who may not set it has no effect", () => {
    const root = starter("knock-any");
    const [, member] = meetingOf(2, "knock-any");
    expect(member?.write({ type: "policy", policy: { admission: "invite", removal: "moderators" } }).counts).toBe(
      false,
    );
    expect(rosterOf(root.log).policy).toMatchObject({ admission: "knock-any", removal: "moderators" });
  });

  it("under knock-moderator moderators let in and invite", () => {
    const [root, one, , three] = withModerators();
    root.write({ type: "policy", policy: { admission: "knock-moderator", removal: "moderators" } });
    one.hearAllOf(root);
    three.hearAllOf(root);
    expect(one.admit(new Person(root.key.publicKey), one.capability()).counts).toBe(true);
    expect(one.admit(new Person(root.key.publicKey), three.capability()).counts).toBe(false);
    expect(three.admit(new Person(root.key.publicKey), one.capability()).counts).toBe(false);
  });
});
