import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall, sampleInvite } from "../../support/scenes.ts";
import { nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

it("the usual link is there at once, and another kind is made by choosing below it", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(2));
  await page.getByRole("button", { name: "Invite" }).click();
  const link = page.getByRole("textbox", { name: "Invite link" });
  expect(await link.inputValue()).toBe(sampleInvite);
  expect((await nextCommand(page, "create-invite")).wish).toBeUndefined();

  await page.getByText("Another kind of link").press("Enter");
  await page.getByRole("button", { name: /Works for/ }).press("Enter");
  await page.getByRole("option", { name: "1 hour" }).press("Enter");
  await page.getByRole("button", { name: /For how many people/ }).press("Enter");
  await page.getByRole("option", { name: "5 people" }).press("Enter");
  await page.getByRole("textbox", { name: "What it is called" }).fill("Newsroom");
  await page.getByRole("button", { name: "Make this link" }).press("Enter");
  await page.getByText("for 5 people").waitFor();
  expect((await nextCommand(page, "create-invite")).wish).toEqual({ label: "Newsroom", hours: 1, uses: 5 });
  await page.getByText("Newsroom").waitFor();
  expect(await link.inputValue()).not.toBe(sampleInvite);
  await page.context().close();
});

it("who passes on another's invite is offered no choice, and told when it lets nobody in any more", async () => {
  const page = await stage.open();
  const call = sampleCall(2);
  const guest = { participants: call.participants.map((one) => ({ ...one, moderator: !one.self })) };
  const invite = { link: sampleInvite, expiresAt: Date.now() + 9_000_000, label: "", uses: 0, own: false, works: true };
  await showView(page, { ...call, ...guest, invite });
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("textbox", { name: "Invite link" }).waitFor();
  expect(await page.getByText("Another kind of link").count()).toBe(0);
  await showView(page, { ...call, ...guest, invite: { ...invite, works: false } });
  await page.getByText("lets nobody in any more").waitFor();
  expect(await page.getByRole("textbox", { name: "Invite link" }).count()).toBe(0);
  // Where every member may invite, they make one of their own.
  await showView(page, { ...call, ...guest, invite, rules: { ...call.rules, inviting: "members" } });
  await page.getByText("Another kind of link").waitFor();
  await nextCommand(page, "create-invite");
  await page.getByRole("textbox", { name: "Invite link" }).waitFor();
  expect(await page.evaluate(() => globalThis.vigilDouble.host.violations)).toEqual([]);
  await page.context().close();
});

it("the link is saved as a file, which the first screen opens again", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(2));
  await page.getByRole("button", { name: "Invite" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^Vigil [0-9-]{19}\.vigil-invite$/);
  const file = await download.path();
  expect(await readFile(file, "utf8")).toBe(`${sampleInvite}\n`);
  expect(await page.evaluate(() => globalThis.stopped)).toEqual([]);

  await page.keyboard.press("Escape");
  await showView(page, { screen: "home", invite: "" });
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open an invite file" }).press("Enter");
  await (await chooser).setFiles({ name: "a.vigil-invite", mimeType: "", buffer: await readFile(file) });
  const link = page.getByRole("textbox", { name: "Invite link" });
  await expect.poll(() => link.inputValue()).toBe(sampleInvite);

  const again = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open an invite file" }).click();
  const huge = Buffer.alloc(5_000_000, "A");
  await (await again).setFiles({ name: "b.vigil-invite", mimeType: "", buffer: huge });
  await expect.poll(async () => (await link.inputValue()).length).toBe(2049);
  await page.context().close();
});
