import { expect, it } from "vitest";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

function compare(one: Person, other: Person): string {
  one.command({ type: "show-safety-number", member: other.id });
  return one.participant(other)?.safetyNumber ?? "";
}

it("shows each pair one number, and nobody else the same", async () => {
  const world = new World();
  const [anna, ben, cem] = (await world.meeting("Anna", "Ben", "Cem")) as [Person, Person, Person];
  expect(anna.participant(ben)?.safetyNumber).toBeNull();
  expect(compare(anna, ben)).toMatch(/^[0-9]{30}$/);
  expect(compare(ben, anna)).toBe(compare(anna, ben));
  expect(compare(anna, cem)).not.toBe(compare(anna, ben));
  expect(compare(ben, cem)).not.toBe(compare(anna, ben));
});

it("marks a member only after the number was shown, takes the mark back, and tells nobody", async () => {
  const world = new World();
  const [anna, ben] = (await world.meeting("Anna", "Ben")) as [Person, Person];
  const verify = (verified: boolean): void => anna.command({ type: "set-verified", member: ben.id, verified });
  verify(true);
  expect(anna.participant(ben)?.verifiedAs).toBeNull();
  compare(anna, ben);
  verify(true);
  expect(anna.participant(ben)?.verifiedAs).toBe("Ben");
  expect(ben.participant(anna)?.verifiedAs).toBeNull();
  verify(false);
  expect(anna.participant(ben)?.verifiedAs).toBeNull();
});

it("says who comes under the name of somebody verified with another key, also when that one has gone", async () => {
  const world = new World();
  const [anna, ben] = (await world.meeting("Anna", "Ben")) as [Person, Person];
  const link = await world.invite(anna);
  compare(anna, ben);
  anna.command({ type: "set-verified", member: ben.id, verified: true });
  const gone = ben.id;
  ben.command({ type: "leave" });
  await world.until("Ben has left", () => anna.call?.participants.length === 1);

  const other = world.person("ＢＥＮ");
  await world.join(other, link);
  await world.until("the other has a name", () => anna.participant(other)?.name === "ＢＥＮ");
  expect(anna.participant(other)).toMatchObject({ verifiedAs: null, namesake: true });
  expect(other.id).not.toBe(gone);
});

it("forgets every mark when the meeting ends: the keys of the next are new", async () => {
  const world = new World();
  const [anna, ben] = (await world.meeting("Anna", "Ben")) as [Person, Person];
  const number = compare(anna, ben);
  anna.command({ type: "set-verified", member: ben.id, verified: true });
  for (const person of [anna, ben]) {
    person.command({ type: "leave" });
    person.command({ type: "leave" });
    person.loadPage();
  }
  await world.join(ben, await world.start(anna));
  await world.together([anna, ben]);
  expect(anna.participant(ben)).toMatchObject({ safetyNumber: null, verifiedAs: null, namesake: false });
  expect(compare(anna, ben)).not.toBe(number);
});

it("tells when the meeting code is another than the one that was compared", async () => {
  const world = new World();
  const [anna] = (await world.meeting("Anna", "Ben")) as [Person, Person];
  expect(anna.call?.codeCompared).toBe("no");
  anna.command({ type: "mark-compared", meetingCode: anna.code });
  expect(anna.call?.codeCompared).toBe("yes");
  await world.join(world.person("Cem"), await world.invite(anna));
  expect(anna.call?.codeCompared).toBe("changed");
  anna.command({ type: "mark-compared", meetingCode: anna.code });
  expect(anna.call?.codeCompared).toBe("yes");
});
