import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { meetingOf, Person, share } from "./world.ts";

usePlatformCrypto();

type Five = [Person, Person, Person, Person, Person];

const five = (): Five => meetingOf(5) as Five;

function vote(by: Person, member: Person, unheard = true): boolean {
  return by.write({ type: "vote", motion: "remove", member: member.id, approve: true, reason: "shouts", unheard })
    .counts;
}

function expel(by: Person, member: Person, unheard = true): boolean {
  return by.write({ type: "expel", member: member.id, reason: "shouts", unheard }).counts;
}

/** Three of five have voted somebody out as if the starter, the only moderator, were silent; the last of them has put it down. */
function afterTheVote(whom: (people: Five) => Person): Five {
  const people = five();
  const [, one, two, three] = people;
  const voters = [one, two, three];
  for (const voter of voters) {
    vote(voter, whom(people));
    share(voters);
  }
  expect(expel(three, whom(people))).toBe(true);
  return people;
}

describe("members who have heard no moderator for a minute", () => {
  it("remove somebody, the silent moderator too, once more than half of all in the list say so", () => {
    for (const place of [0, 4]) {
      const people = five();
      const [, one, two, three] = people;
      const whom = people[place] ?? one;
      expect(vote(one, whom)).toBe(true);
      two.hearAllOf(one);
      vote(two, whom);
      expect(rosterOf(two.log).motions).toMatchObject([
        { unheard: true, decided: false, needed: 3, approvals: [one.id, two.id] },
      ]);
      expect(expel(two, whom)).toBe(false);
      three.hearAllOf(two);
      vote(three, whom);
      expect(rosterOf(three.log).motions).toMatchObject([{ unheard: true, decided: true }]);
      expect(expel(three, whom, false)).toBe(false);
      expect(expel(three, whom)).toBe(true);
      expect(three.members).not.toContain(whom.id);
    }
  });

  it("are not those who only vote: while there is a moderator, that is nothing", () => {
    const [, one, two, three, whom] = five();
    expect(vote(one, whom, false)).toBe(false);
    for (const voter of [one, two]) vote(voter, whom);
    vote(three, whom, false);
    share([one, two, three]);
    expect(expel(three, whom)).toBe(false);
    expect(expel(three, whom, false)).toBe(false);
  });

  it("do not gather votes that others cast when votes decided for another reason", () => {
    const people = five();
    const [root, one, two, three, whom] = people;
    root.write({ type: "policy", policy: { admission: "invite", removal: "votes" } });
    share(people);
    for (const voter of [one, two]) expect(vote(voter, whom, false)).toBe(true);
    root.write({ type: "policy", policy: { admission: "invite", removal: "moderators" } });
    share(people);
    vote(three, whom);
    expect(rosterOf(three.log).motions).toMatchObject([{ approvals: [three.id], decided: false }]);
    expect(expel(three, whom)).toBe(false);
  });

  it("have votes like all others where votes decide anyhow", () => {
    const people = five();
    const [root, one, two, three, whom] = people;
    root.write({ type: "policy", policy: { admission: "invite", removal: "votes" } });
    share(people);
    expect([vote(one, whom), vote(two, whom, false), vote(three, whom)]).toEqual([true, true, true]);
    share(people);
    expect(rosterOf(one.log).motions).toMatchObject([{ unheard: false, decided: true }]);
    expect(expel(one, whom, false)).toBe(true);
  });
});

describe("a moderator who was there all the time", () => {
  it("makes void what was decided without them, their own removal too", () => {
    for (const place of [0, 4]) {
      const people = afterTheVote((all) => all[place] ?? all[0]);
      const [root] = people;
      root.write({ type: "present" });
      share(people);
      for (const person of people) expect(person.members).toHaveLength(5);
      expect(rosterOf(root.log).motions).toEqual([]);
    }
  });

  it("is a moderator: nobody else's word makes anything void, nor that of one who was removed or dismissed", () => {
    const plain = afterTheVote((all) => all[0]);
    plain[4].write({ type: "present" });
    share(plain);
    expect(plain[1].members).toHaveLength(4);

    for (const type of ["remove", "revoke"] as const) {
      const [root, ...others] = meetingOf(7);
      const [other, victim, ...voters] = others;
      const [last] = voters;
      if (other === undefined || victim === undefined || last === undefined) throw new Error("too few");
      root.write({ type: "grant", member: other.id });
      share([root, ...others]);
      for (const voter of voters) vote(voter, victim);
      share(voters);
      expect(expel(last, victim)).toBe(true);
      root.write(type === "remove" ? { type, member: other.id, reason: "" } : { type, member: other.id });
      other.write({ type: "present" });
      share([root, ...others]);
      expect(root.members).not.toContain(victim.id);
    }
  });

  it("ends all votes that did not know of it; those cast anew count", () => {
    const people = five();
    const [root, one, two, three, whom] = people;
    for (const voter of [one, two]) vote(voter, whom);
    share(people);
    expect(root.write({ type: "present" }).counts).toBe(true);
    share(people);
    expect(rosterOf(one.log).motions).toEqual([]);
    vote(three, whom);
    share(people);
    expect(expel(three, whom)).toBe(false);
    for (const voter of [one, two]) vote(voter, whom);
    share(people);
    expect(expel(two, whom)).toBe(true);
  });

  it("does not make void what was decided before in their knowledge, nor what votes decide by right", () => {
    const people = afterTheVote((all) => all[4]);
    const [root, one, two, three] = people;
    share(people);
    root.write({ type: "present" });
    share(people);
    expect(one.members).toHaveLength(4);

    root.write({ type: "policy", policy: { admission: "invite", removal: "votes" } });
    share(people);
    for (const voter of [two, three, root]) voter.vote("remove", one);
    share([two, three]);
    two.hearAllOf(root);
    const held = [...root.log.headIds];
    expect(expel(two, one, false)).toBe(true);
    root.forge(held, { type: "present" });
    share([root, two]);
    expect(root.members).not.toContain(one.id);
  });
});

describe("people whom a member lets in behind everybody's back", () => {
  it("throw nobody out while a moderator is there to contradict, however many they are", () => {
    const people = five();
    const [root, mallory] = people;
    const puppets = Array.from({ length: 8 }, () => new Person(root.key.publicKey));
    for (const puppet of puppets) mallory.admit(puppet, mallory.capability());
    for (const puppet of puppets) {
      puppet.hearAllOf(mallory);
      for (const victim of people) if (victim !== mallory) vote(puppet, victim);
      mallory.hearAllOf(puppet);
    }
    for (const victim of people) if (victim !== mallory) expect(expel(mallory, victim)).toBe(true);
    root.write({ type: "present" });
    root.hearAllOf(mallory);
    for (const { id } of people) expect(root.members).toContain(id);
  });
});
