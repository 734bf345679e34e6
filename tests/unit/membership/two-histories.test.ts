import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import type { EntryId } from "../../../core/membership/ids.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { fingerprint, meetingOf, NOW, Person, share } from "./world.ts";

usePlatformCrypto();

type Three = [Person, Person, Person];

const admissionOf = (person: Person): EntryId => {
  const entry = person.log.entries.find(({ admission }) => admission?.request.member === person.id);
  if (entry === undefined) throw new Error("never admitted");
  return entry.id;
};

/** An `admit` of a newcomer by somebody, behind given parents only. */
function forgedAdmit(by: Person, newcomer: Person, parents: readonly EntryId[], index = 7): Uint8Array {
  const capability = by.capability();
  return by.forge(parents, { type: "admit", request: newcomer.request(), index, capability }).bytes;
}

describe("somebody who signs two histories", () => {
  it("is named with both entries as evidence, the same for everybody, and loses nothing by it", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const behind = [...one.log.headIds];
    const first = one.forge(behind, { type: "device", fingerprint: fingerprint() });
    const second = one.forge(behind, { type: "device", fingerprint: fingerprint() });
    root.hear(second.bytes, first.bytes);
    two.hear(first.bytes, second.bytes);
    const evidence = [first.id, second.id].sort();
    expect(rosterOf(root.log).equivocations).toEqual([{ member: one.id, evidence }]);
    expect(rosterOf(two.log)).toEqual(rosterOf(root.log));
    expect(root.members).toContain(one.id);
  });

  it("is nobody honest, however many entries others write at the same time", () => {
    const people = meetingOf(3) as Three;
    for (let round = 0; round < 4; round++) {
      for (const person of people) person.write({ type: "device", fingerprint: fingerprint() });
      people[round % 3]?.hearAllOf(people[(round + 1) % 3] ?? people[0]);
    }
    share(people);
    expect(rosterOf(people[0].log).equivocations).toEqual([]);
  });
});

describe("somebody who left", () => {
  it("cannot go on admitting behind their own leaving", () => {
    const [root, one, two] = meetingOf(3) as Three;
    one.write({ type: "leave" });
    share([root, one, two]);
    const friend = new Person(root.key.publicKey);
    root.hear(forgedAdmit(one, friend, [admissionOf(one)]));
    expect(root.members).toEqual([root.id, two.id]);
    friend.hearAllOf(one);
    friend.hearAllOf(root);
    const next = new Person(root.key.publicKey);
    friend.admit(next, friend.capability());
    root.hearAllOf(friend);
    expect(root.members).toEqual([root.id, two.id]);
    expect(rosterOf(root.log).equivocations).toMatchObject([{ member: one.id }]);
  });

  it("cannot vote or remove from there either", () => {
    const [root, one, two] = meetingOf(3) as Three;
    root.write({ type: "grant", member: one.id });
    share([root, one, two]);
    const behind = [...one.log.headIds];
    one.write({ type: "leave" });
    share([root, one, two]);
    root.hear(one.forge(behind, { type: "remove", member: two.id, reason: "" }).bytes);
    expect(root.members).toEqual([root.id, two.id]);
  });

  it("does not throw out those it let in by leaving them out, once somebody has built on it", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const newcomer = new Person(root.key.publicKey);
    one.admit(newcomer, one.capability());
    share([root, one, two]);
    root.write({ type: "device", fingerprint: fingerprint() });
    two.hear(one.forge([admissionOf(one)], { type: "leave" }).bytes);
    share([root, one, two]);
    for (const person of [root, two]) expect(person.members).toEqual([root.id, two.id, newcomer.id]);
  });

  it("is not vouched for by somebody whom it let in itself, nor by one who was removed", () => {
    const [root, one, two] = meetingOf(3) as Three;
    one.write({ type: "leave" });
    share([root, one, two]);
    root.write({ type: "remove", member: two.id, reason: "" });
    const friend = new Person(root.key.publicKey);
    const entry = forgedAdmit(one, friend, [admissionOf(one)]);
    root.hear(entry);
    const [admit] = [...root.log.entries].filter(({ admission }) => admission?.request.member === friend.id);
    if (admit === undefined) throw new Error("not held");
    friend.hearAllOf(root);
    two.hearAllOf(root);
    root.hear(friend.forge([admit.id], { type: "device", fingerprint: fingerprint() }).bytes);
    root.hear(two.forge([admit.id], { type: "device", fingerprint: fingerprint() }).bytes);
    expect(root.members).toEqual([root.id]);
  });

  it("keeps all that it did before, when it is honest", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const newcomer = new Person(root.key.publicKey);
    one.admit(newcomer, one.capability());
    root.write({ type: "lock" });
    one.write({ type: "leave" });
    share([root, one, two]);
    expect(two.members).toEqual([root.id, two.id, newcomer.id]);
  });
});

describe("a second admission of the same member", () => {
  it("signed later at a lower place changes neither who let them in nor their index", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const newcomer = new Person(root.key.publicKey);
    root.write({ type: "device", fingerprint: fingerprint() });
    root.admit(newcomer, root.capability(), NOW + 1);
    share([root, one, two]);
    const before = rosterOf(root.log).members.at(-1);
    expect(before).toMatchObject({ id: newcomer.id, admittedBy: root.id, index: 3 });
    root.hear(forgedAdmit(one, newcomer, [admissionOf(one)], 9));
    expect(rosterOf(root.log).members.find(({ id }) => id === newcomer.id)).toEqual(before);
  });

  it("signed later at a higher place does not either, once anybody else has built on the first", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const newcomer = new Person(root.key.publicKey);
    const behind = [...one.log.headIds];
    root.admit(newcomer, root.capability());
    share([root, one, two]);
    two.write({ type: "device", fingerprint: fingerprint() });
    root.hearAllOf(two);
    const before = rosterOf(root.log).members.find(({ id }) => id === newcomer.id);
    let parents = behind;
    for (let step = 0; step < 5; step++) {
      const padding = one.forge(parents, { type: "device", fingerprint: fingerprint() });
      root.hear(padding.bytes);
      parents = [padding.id];
    }
    root.hear(forgedAdmit(one, newcomer, parents, 9));
    expect(rosterOf(root.log).members.find(({ id }) => id === newcomer.id)).toEqual(before);
  });

  it("still holds when the first falls with its author", () => {
    const [root, one, two] = meetingOf(3) as Three;
    const newcomer = new Person(root.key.publicKey);
    const first = one.admit(newcomer, one.capability());
    two.admit(newcomer, two.capability());
    root.write({ type: "remove", member: one.id, reason: "" });
    share([root, one, two]);
    expect(first.counts).toBe(true);
    expect(rosterOf(root.log).members.at(-1)).toMatchObject({ id: newcomer.id, admittedBy: two.id });
  });
});
