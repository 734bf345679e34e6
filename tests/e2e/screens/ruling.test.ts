import { afterAll, beforeAll, expect, it } from "vitest";
import type { Motion } from "../../../core/contract/rules.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { sampleCall, sampleMember, sampleMadeInvite } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** A call without a moderator: votes decide. */
function votingCall(motions: readonly Motion[] = []): ScreenOf<"call"> {
  const call = sampleCall(4);
  const participants = call.participants.map((one) => ({ ...one, moderator: false }));
  return { ...call, participants, rules: { ...call.rules, votesDecide: true, motions: [...motions] } };
}

const appeal: Motion = {
  motion: "readmit",
  member: sampleMember(9),
  name: "Ines",
  reason: "",
  byName: "",
  appeal: "I was reading aloud.",
  at: 1_800_000_000_000,
  approvals: 1,
  needed: 3,
  own: false,
};

it("a moderator appoints, dismisses and removes with a reason from the list, by keyboard", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  const row = page.getByRole("listitem", { name: "Bashir Rahimi" });
  await row.getByRole("button", { name: "Details" }).press("Enter");
  await page.getByRole("button", { name: "Make a moderator" }).press("Enter");
  expect(await nextCommand(page, "appoint")).toMatchObject({ member: sampleMember(1) });
  await page.getByRole("button", { name: "End role as moderator" }).press("Enter");
  expect(await nextCommand(page, "dismiss")).toMatchObject({ member: sampleMember(1) });
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: "Remove" }).press("Enter");
  await page.getByRole("button", { name: "Insults or threatens others" }).press("Enter");
  const reason = page.getByRole("textbox", { name: "Reason" });
  expect(await reason.inputValue()).toBe("Insults or threatens others");
  await reason.press("End");
  await reason.pressSequentially(": me");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).press("Enter");
  expect(await nextCommand(page, "remove-member")).toMatchObject({
    member: sampleMember(1),
    reason: "Insults or threatens others: me",
  });
  await page.context().close();
});

it("after a raid all who came in by one invite go in one action, with the invite, and nobody else does", async () => {
  const page = await stage.open();
  const call = sampleCall(6);
  const members = [3, 4, 5].map((index) => sampleMember(index));
  const invite = sampleMadeInvite({ label: "the poster", used: 4, members });
  await showView(page, { ...call, rules: { ...call.rules, invites: [invite] } });
  const row = page.getByRole("listitem", { name: call.participants[4]?.name ?? "", exact: true });
  await row.getByRole("button", { name: "Remove" }).press("Enter");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Disturbs the meeting" }).press("Enter");
  await dialog.getByText("Remove others as well (0)").press("Enter");
  await dialog.getByRole("button", { name: "Choose all 3 who came in by the same invite" }).press("Enter");
  await dialog.getByRole("heading", { name: "Remove 3 people?" }).waitFor();
  await dialog.getByRole("checkbox", { name: /Bashir Rahimi/ }).press("Space");
  await dialog.getByRole("heading", { name: "Remove 4 people?" }).waitFor();
  await dialog.getByRole("checkbox", { name: /Bashir Rahimi/ }).press("Space");
  await dialog.getByRole("checkbox", { name: /Close the invite .*the poster/ }).press("Space");
  await dialog.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  const removed = await nextCommand(page, "remove-members");
  expect(removed.reason).toBe("Disturbs the meeting");
  expect(removed.members[0]).toBe(sampleMember(4));
  expect(removed.members.toSorted()).toEqual(invite.members.toSorted());
  expect(await nextCommand(page, "revoke-invite")).toMatchObject({ invite: invite.id });
  expect((await commandsOf(page)).map(({ type }) => type)).not.toContain("remove-member");
  await page.context().close();
});

it("where votes decide anybody proposes a removal; all see the count and agree or take it back", async () => {
  const page = await stage.open();
  await showView(page, votingCall());
  await page.getByRole("listitem", { name: "Chen Yulan" }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Was not invited" }).click();
  await page.getByRole("button", { name: "Vote to remove" }).click();
  const vote = { type: "vote", motion: "remove", member: sampleMember(2), reason: "Was not invited" };
  expect(await nextCommand(page, "vote")).toEqual({ ...vote, approve: true });
  const motion = page.getByRole("article", { name: /Shall .*Chen Yulan.* be removed/ });
  await motion.getByText("1 of 3 votes needed").waitFor();
  await motion.getByText("Was not invited").waitFor();
  await motion.getByText(/Proposed by .*Ada/).waitFor();
  await motion.getByRole("button", { name: "Take back my vote" }).click();
  await motion.waitFor({ state: "detached" });
  expect(await nextCommand(page, "vote")).toEqual({ ...vote, approve: false });
  expect((await commandsOf(page)).map(({ type }) => type)).not.toContain("remove-member");
  await page.context().close();
});

it("whoever is voted on sees why, and has no vote; an appeal is read and answered", async () => {
  const page = await stage.open();
  const about: Motion = {
    ...appeal,
    motion: "remove",
    member: sampleMember(0),
    name: "Ada",
    byName: "Chen",
    appeal: "",
  };
  await showView(page, votingCall([{ ...about, reason: "Shouts" }, appeal]));
  const own = page.getByRole("article", { name: "The members are voting on whether you must go." });
  await own.getByText("Shouts").waitFor();
  expect(await own.getByRole("button").count()).toBe(0);
  const other = page.getByRole("article", { name: /Shall .*Ines.* be let back in/ });
  await other.getByText("I was reading aloud.").waitFor();
  await other.getByRole("button", { name: "Let back in" }).press("Enter");
  expect(await nextCommand(page, "vote")).toMatchObject({ motion: "readmit", member: sampleMember(9), approve: true });
  await other.getByText("2 of 3 votes needed").waitFor();
  await page.getByRole("button", { name: "Participants", exact: true }).click();
  await page.getByText("2 votes are open").waitFor();
  await page.getByRole("button", { name: "Look" }).press("Enter");
  await other.waitFor();
  await page.context().close();
});

it("somebody removed appeals once and is told what became of it", async () => {
  const page = await stage.open();
  const ended = { screen: "ended", cause: "removed", by: "", reason: "Shouts", at: 1_800_000_000_000 } as const;
  await showView(page, { ...ended, appeal: "possible" });
  await page.getByText("The members voted to remove you.").waitFor();
  const send = page.getByRole("button", { name: "Send" });
  expect(await send.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Your message to the members" }).fill(` ${"x".repeat(600)} `);
  await send.press("Enter");
  expect((await nextCommand(page, "appeal")).text).toBe("x".repeat(499));
  await page.getByText(/Your message has reached the meeting/).waitFor();
  expect(await page.getByRole("textbox").count()).toBe(0);
  await showView(page, { ...ended, appeal: "none" });
  await page.getByText(/Your message has reached the meeting/).waitFor({ state: "detached" });
  expect(await page.evaluate(() => globalThis.vigilDouble.host.violations)).toEqual([]);
  await page.context().close();
});

it("the rules are changed by moderators, read by everybody, and the lock is seen by all", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  await page.getByRole("button", { name: "Meeting rules" }).press("Enter");
  await page.getByRole("switch", { name: "Lock the meeting" }).press("Space");
  await nextCommand(page, "lock");
  await page.getByRole("button", { name: /Who can come in/ }).press("Enter");
  await page.getByRole("option", { name: "A moderator lets people in" }).press("Enter");
  const changed = {
    type: "set-policy",
    admission: "knock-moderator",
    removal: "moderators",
    inviting: "moderators",
  };
  expect(await nextCommand(page, "set-policy")).toEqual(changed);
  await page.getByRole("button", { name: /Who decides/ }).press("Enter");
  await page.getByRole("option", { name: "More than half of the members" }).press("Enter");
  await page.getByRole("button", { name: /More than half/ }).waitFor();
  expect(await nextCommand(page, "set-policy")).toEqual({ ...changed, removal: "votes" });
  await page.getByRole("button", { name: /Who makes invites/ }).press("Enter");
  await page.getByRole("option", { name: "Every member" }).press("Enter");
  await page.getByRole("button", { name: /Every member/ }).waitFor();
  expect(await nextCommand(page, "set-policy")).toEqual({ ...changed, removal: "votes", inviting: "members" });
  await page.keyboard.press("Escape");
  await page.getByText("Locked", { exact: true }).waitFor();

  await showView(page, { ...votingCall(), admission: "knock-any" });
  await page.getByText("Locked", { exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Meeting rules" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Anyone in the meeting lets people in").waitFor();
  await dialog.getByText(/Since somebody was removed/).waitFor();
  expect(await dialog.getByRole("switch").count()).toBe(0);
  await page.context().close();
});
