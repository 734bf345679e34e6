import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

async function openRecord(page: Page, people = 3): Promise<void> {
  await showView(page, sampleCall(people));
  await page.getByRole("button", { name: "Record of this meeting" }).press("Enter");
  await page.getByRole("dialog", { name: "Record of this meeting" }).waitFor();
}

it("a record is saved as a file that says nothing about who, by keyboard alone", async () => {
  const page = await stage.open();
  await openRecord(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save record" }).press("Enter");
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^Vigil [0-9-]{19}\.vigil-record$/);
  expect(await readFile(await download.path(), "utf8")).toBe("a record");
  await page.getByRole("status").getByText("Handed over to be saved.").waitFor();
  await nextCommand(page, "take-record");
  expect((await commandsOf(page)).filter(({ type }) => type === "export-record")).toHaveLength(1);
  expect(await page.evaluate(() => globalThis.stopped)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.context().close();
});

it("nobody is named unless they switch it on, and they can switch it off again", async () => {
  const page = await stage.open();
  await openRecord(page);
  const own = page.getByRole("switch", { name: "My name may stand in records" });
  expect(await own.getAttribute("aria-checked")).toBe("false");
  await page.getByText("Nobody has agreed to be named: everybody is a letter and a key.").waitFor();
  await own.press("Space");
  expect((await nextCommand(page, "name-in-records")).allowed).toBe(true);
  await page.getByText(/With their names: .?Ada.?\. Everybody else/).waitFor();
  expect(await own.getAttribute("aria-checked")).toBe("true");
  await own.press("Enter");
  await page.getByText("Nobody has agreed to be named").waitFor();
  expect((await nextCommand(page, "name-in-records")).allowed).toBe(false);
  expect((await commandsOf(page)).some(({ type }) => type === "export-record")).toBe(false);
  await page.context().close();
});

it("the dialog names those who agreed, and says when that is everybody", async () => {
  const page = await stage.open();
  await openRecord(page);
  const call = sampleCall(3);
  const agreed = (count: number) => call.participants.map((one, index) => ({ ...one, inRecords: index > 2 - count }));
  await showView(page, { ...call, participants: agreed(2) });
  await page.getByText(/With their names: .*Bashir Rahimi.* and .*Chen Yulan/).waitFor();
  await showView(page, { ...call, participants: agreed(3) });
  await page.getByText(/Everybody here has agreed to be named: .*Ada.*Bashir Rahimi.*Chen Yulan/).waitFor();
  await page.context().close();
});
