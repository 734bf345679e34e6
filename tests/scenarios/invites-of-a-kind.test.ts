import { expect, it } from "vitest";
import type { InviteWish } from "../../core/contract/invite-wish.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

const HOUR_MS = 3_600_000;

async function inviteOf(world: World, person: Person, wish: InviteWish): Promise<string> {
  person.command({ type: "create-invite", wish });
  await world.until("the invite is there", () => person.call?.invite?.uses === wish.uses);
  return person.call?.invite?.link ?? "";
}

it("an invite for one lets in one and no second", async () => {
  const world = new World();
  const anna = world.person("Anna");
  await world.start(anna);
  const link = await inviteOf(world, anna, { label: "Ben's", hours: 1, uses: 1 });
  expect(anna.call?.invite).toMatchObject({ label: "Ben's", uses: 1, own: true });
  await world.join(world.person("Ben"), link);
  await world.until("Ben is seen", () => anna.call?.participants.length === 2);
  const cem = world.person("Cem");
  world.knock(cem, link);
  await world.until("Cem is told", () => cem.snapshot?.problem === "invite-used-up");
  expect(anna.call?.participants).toHaveLength(2);
});

it("an invite for an hour is refused after it, before anything is dialled", async () => {
  const world = new World();
  const anna = world.person("Anna");
  await world.start(anna);
  const link = await inviteOf(world, anna, { label: "", hours: 1, uses: 5 });
  world.clock.advance(HOUR_MS + 1);
  const late = world.person("Late");
  world.knock(late, link);
  expect(late.snapshot).toMatchObject({ problem: "invite-expired", view: { screen: "home" } });
  expect(late.hasMesh).toBe(false);
});

it("a label is cleaned, and a knock shows it", async () => {
  const world = new World();
  const anna = world.person("Anna");
  await world.start(anna, "knock-any");
  const link = await inviteOf(world, anna, { label: "\u202eNews\u0007room", hours: 168, uses: 5 });
  world.knock(world.person("Ben"), link);
  await world.until("somebody knocks", () => anna.call?.knocks.length === 1);
  expect(anna.call?.knocks[0]?.label).toBe("Newsroom");
});

it("who is no moderator passes on the invite they came with, and is told so", async () => {
  const world = new World();
  const anna = world.person("Anna");
  await world.start(anna);
  const ben = world.person("Ben");
  await world.join(ben, await inviteOf(world, anna, { label: "", hours: 24, uses: 5 }));
  ben.command({ type: "create-invite", wish: { label: "mine", hours: 168, uses: 0 } });
  await world.until("Ben has a link", () => (ben.call?.invite ?? null) !== null);
  expect(ben.call?.invite).toMatchObject({ label: "", uses: 5, own: false });
});

it("where every member may invite, a member's invite has their name on it, until moderators keep it to themselves", async () => {
  const world = new World();
  const anna = world.person("Anna");
  await world.start(anna, "invite", "members");
  const ben = world.person("Ben");
  await world.join(ben, await world.invite(anna));
  await world.until("Ben is seen", () => anna.call?.participants.length === 2);
  const link = await inviteOf(world, ben, { label: "Ben's", hours: 1, uses: 5 });
  expect(ben.call?.invite).toMatchObject({ label: "Ben's", own: true, works: true });
  const cem = world.person("Cem");
  await world.join(cem, link);
  await world.until("Anna knows whose it is", () =>
    (anna.call?.rules.invites ?? []).some(({ by, label }) => by === ben.id && label === "Ben's"),
  );

  anna.command({ type: "set-policy", admission: "invite", removal: "moderators", inviting: "moderators" });
  await world.until("all are told", () =>
    [anna, ben, cem].every(({ call }) => call?.notices.some(({ kind }) => kind === "inviting-moderators") === true),
  );
  expect(ben.call?.invite).toMatchObject({ own: true, works: false });
  const dora = world.person("Dora");
  world.knock(dora, link);
  await world.until("Dora is told", () => dora.snapshot?.problem === "invite-not-an-invite", 60_000);
  // What Cem came by lets nobody in any more, and Ben's is Anna's again.
  cem.command({ type: "create-invite" });
  ben.command({ type: "create-invite" });
  await world.until("both have a link", () => [ben, cem].every(({ call }) => call?.invite?.own === false));
  expect([ben, cem].map(({ call }) => call?.invite?.works)).toEqual([true, false]);
  await world.join(world.person("Eda"), ben.call?.invite?.link ?? "");
  await world.together([anna, ben, cem]);
});
