import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import type { EntryId } from "../../../core/membership/ids.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { fingerprint, meetingOf, Person, share } from "./world.ts";

usePlatformCrypto();

type Four = [Person, Person, Person, Person];

/** A starter, a plain member, some who say nothing, and two moderators, admitted in this order. */
function withRivals(): Four {
  const [root, helper, ...others] = meetingOf(8);
  const [senior, junior] = others.slice(-2);
  if (helper === undefined || senior === undefined || junior === undefined) throw new Error("too few");
  root.write({ type: "grant", member: senior.id });
  root.write({ type: "grant", member: junior.id });
  const people: Four = [root, helper, senior, junior];
  share(people);
  return people;
}

function admissionOf(person: Person): EntryId {
  const entry = person.log.entries.find(({ admission }) => admission?.request.member === person.id);
  if (entry === undefined) throw new Error("never admitted");
  return entry.id;
}

/** An `admit` of somebody behind given parents only; gives its id. */
function forgedAdmit(by: Person, whom: Person, parents: readonly EntryId[]): EntryId {
  return by.forge(parents, { type: "admit", request: whom.request(), index: 9, capability: by.capability() }).id;
}

/** Entries of one member in a row, each behind the last. */
function chain(by: Person, from: EntryId, length: number): EntryId {
  let last = from;
  for (let step = 0; step < length; step++) last = by.forge([last], { type: "device", fingerprint: fingerprint() }).id;
  return last;
}

/** Both moderators remove each other, and everybody hears everything. */
function contest([root, helper, senior, junior]: Four): void {
  const held = senior.log;
  senior.write({ type: "remove", member: junior.id, reason: "" });
  const written = senior.log;
  senior.log = held;
  junior.hearAllOf(senior);
  senior.log = written;
  junior.write({ type: "remove", member: senior.id, reason: "" });
  share([root, helper, senior, junior]);
}

function expectSeniorStays(people: Four): void {
  const [, , senior, junior] = people;
  for (const person of people) {
    expect(person.members.at(-1)).toBe(senior.id);
    expect(rosterOf(person.log).removals).toMatchObject([{ member: junior.id, by: senior.id }]);
  }
}

describe("of two moderators who remove each other, the one who came later does not win", () => {
  it("by an earlier admission that a friend signs afterwards", () => {
    const people = withRivals();
    const [, helper, , junior] = people;
    forgedAdmit(helper, junior, [admissionOf(helper)]);
    contest(people);
    expectSeniorStays(people);
  });

  it("by an admission of the other at a later place", () => {
    const people = withRivals();
    const [, helper, senior] = people;
    forgedAdmit(helper, senior, [chain(helper, admissionOf(helper), 12)]);
    contest(people);
    expectSeniorStays(people);
  });

  it("by people made in a second history to build on either", () => {
    for (const early of [true, false]) {
      const people = withRivals();
      const [root, helper, senior, junior] = people;
      const from = early ? admissionOf(helper) : chain(helper, admissionOf(helper), 12);
      const puppets = Array.from({ length: 4 }, () => new Person(root.key.publicKey));
      const admissions = puppets.map((puppet) => forgedAdmit(helper, puppet, [from]));
      const forged = forgedAdmit(helper, early ? junior : senior, admissions);
      for (const puppet of puppets) {
        puppet.hearAllOf(helper);
        helper.hear(puppet.forge([forged], { type: "device", fingerprint: fingerprint() }).bytes);
      }
      contest(people);
      expect(root.members).toContain(senior.id);
      expect(root.members).not.toContain(junior.id);
      expect(rosterOf(root.log).equivocations).toMatchObject([{ member: helper.id }]);
    }
  });
});

describe("a second admission", () => {
  it("changes neither index nor admitter, though people made in a second history build on it", () => {
    const people = withRivals();
    const [root, helper, senior] = people;
    const before = rosterOf(root.log).members.find(({ id }) => id === senior.id);
    const puppets = Array.from({ length: 4 }, () => new Person(root.key.publicKey));
    const admissions = puppets.map((puppet) => forgedAdmit(helper, puppet, [admissionOf(helper)]));
    const forged = forgedAdmit(helper, senior, admissions);
    for (const puppet of puppets) {
      puppet.hearAllOf(helper);
      helper.hear(puppet.forge([forged], { type: "device", fingerprint: fingerprint() }).bytes);
    }
    share(people);
    expect(rosterOf(root.log).members.find(({ id }) => id === senior.id)).toEqual(before);
  });
});
