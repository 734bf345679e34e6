import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall, sampleMember, sampleSafetyNumber } from "../../support/scenes.ts";
import { nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

it("somebody is verified by their number, by keyboard, and the mark stands in the list and on the tile", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  const row = page.getByRole("listitem", { name: "Bashir Rahimi" });
  await row.getByRole("button", { name: "Details" }).press("Enter");
  const number = page.getByRole("dialog").getByLabel("Safety number");
  expect(await nextCommand(page, "show-safety-number")).toMatchObject({ member: sampleMember(1) });
  await page.getByRole("button", { name: "Mark as verified" }).press("Enter");
  expect((await number.innerText()).replace(/\D/g, "")).toBe(sampleSafetyNumber);
  expect(await nextCommand(page, "set-verified")).toMatchObject({ member: sampleMember(1), verified: true });
  await page.getByRole("button", { name: "Not verified any more" }).waitFor();
  await page.keyboard.press("Escape");
  await row.getByRole("img", { name: "Verified" }).waitFor();
  await page.getByRole("figure", { name: "Bashir Rahimi" }).getByRole("img", { name: "Verified" }).waitFor();
  await row.getByRole("button", { name: "Details" }).click();
  await page.getByRole("button", { name: "Not verified any more" }).click();
  await page.keyboard.press("Escape");
  await row.getByRole("img", { name: "Verified" }).waitFor({ state: "detached" });
  await page.context().close();
});

it("a new name of somebody verified, and their name on somebody else, are said in words", async () => {
  const page = await stage.open();
  const call = sampleCall(3);
  const participants = call.participants.map((one, index) => {
    if (index === 1) return { ...one, verifiedAs: "Bashir" };
    return index === 2 ? { ...one, name: "Bashir", namesake: true } : one;
  });
  await showView(page, { ...call, participants });
  const list = page.getByRole("list", { name: "Participants" });
  await list.getByText(/Was called .*Bashir.* when you verified them/).waitFor();
  await list.getByText("Has the name of somebody you verified, but is not them").waitFor();
  expect(await page.getByRole("img", { name: "Verified", exact: true }).count()).toBe(0);
  await page.context().close();
});

it("a meeting code that is another than the compared one says so until it is compared again", async () => {
  const page = await stage.open();
  const call = sampleCall(3);
  await showView(page, call);
  await page.getByRole("button", { name: "I have compared it" }).click();
  expect((await nextCommand(page, "mark-compared")).meetingCode).toBe(call.meetingCode);
  await page.getByText("You have compared this code.").waitFor();
  await showView(page, { ...call, codeCompared: "changed" });
  await page.getByText(/The code has changed since you compared it/).waitFor();
  await page.getByRole("button", { name: "I have compared it" }).waitFor();
  await page.context().close();
});
