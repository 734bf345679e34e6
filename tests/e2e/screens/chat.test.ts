import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { sampleCall, sampleMember } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

const NAMES = ["Ada", "Bashir Rahimi", "Chen Yulan"];

function said(id: string, by: number, text: string, reply: ChatMessage["reply"] = null): ChatMessage {
  const name = NAMES[by] ?? "";
  return { id, from: sampleMember(by), name, text, reply, at: Date.now(), delivered: 0, recipients: 0 };
}

async function showChat(page: Page, chat: readonly ChatMessage[]): Promise<void> {
  await showView(page, sampleCall(3, { chat: [...chat] }));
  const field = page.getByRole("textbox", { name: "Message" });
  if (!(await field.isVisible())) await page.getByRole("button", { name: "Chat", exact: true }).click();
  await field.waitFor();
}

describe.each([
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
])("replies at $width by $height", (viewport) => {
  it("are written by keyboard: to the newest by Tab, to others by arrow keys, and quote one line", async () => {
    const page = await stage.open({ viewport });
    await showChat(page, [said("a", 1, "The first line\nThe second line"), said("b", 2, "Something else")]);
    const log = page.getByRole("log", { name: "Messages" });
    await log.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: "Message" });
    await page.locator(".answering").getByText("The first line").waitFor();
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type("Yes");
    await page.keyboard.press("Enter");
    expect(await nextCommand(page, "send-chat")).toEqual({
      type: "send-chat",
      text: "Yes",
      reply: { from: sampleMember(1), id: "a" },
    });
    await page.locator(".answering").waitFor({ state: "detached" });
    const quotation = log.locator(".quotation");
    await quotation.waitFor();
    expect(await quotation.textContent()).toMatch(/In reply to .*Bashir Rahimi.*The first line/);
    expect(await quotation.textContent()).not.toContain("second");
    await page.keyboard.type("And to all");
    await page.keyboard.press("Enter");
    await log.getByText("And to all").waitFor();
    expect((await commandsOf(page)).findLast(({ type }) => type === "send-chat")).toEqual({
      type: "send-chat",
      text: "And to all",
    });
    await page.context().close();
  });

  it("are given up with Escape, which leaves the chat open and what was written in its place", async () => {
    const page = await stage.open({ viewport });
    await showChat(page, [said("a", 1, "A long line ".repeat(40))]);
    await page.getByRole("button", { name: "Reply" }).press("Enter");
    const answering = page.locator(".answering");
    await answering.waitFor();
    expect((await answering.boundingBox())?.height ?? 99).toBeLessThan(44);
    await page.keyboard.type("Perhaps");
    await page.keyboard.press("Escape");
    await answering.waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    expect(await nextCommand(page, "send-chat")).toEqual({ type: "send-chat", text: "Perhaps" });
    await page.context().close();
  });
});

it("a reply to what this person does not see shows no quotation", async () => {
  const page = await stage.open();
  const hidden = { from: sampleMember(1), id: "a" };
  await showChat(page, [
    said("a", 1, "Words of Bashir"),
    said("a", 2, "The same id by Chen"),
    said("b", 2, "To Bashir", hidden),
    said("c", 2, "To nobody", { from: sampleMember(2), id: "z" }),
  ]);
  const quotation = page.locator(".quotation");
  await quotation.waitFor();
  expect(await quotation.count()).toBe(1);
  expect(await quotation.textContent()).toContain("Words of Bashir");
  await page.getByRole("listitem", { name: "Bashir Rahimi" }).getByRole("button", { name: "Details" }).press("Enter");
  await page.getByRole("switch", { name: /Hide their messages/ }).press("Space");
  await page.keyboard.press("Escape");
  await quotation.waitFor({ state: "detached" });
  await page.getByText("To Bashir").waitFor();
  await page.context().close();
});

it("a link is text: a click opens nothing, nothing is fetched, and it can be selected and copied", async () => {
  const page = await stage.open();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("popup", (popup) => asked.push(popup.url()));
  page.on("framenavigated", (frame) => asked.push(frame.url()));
  const link = "https://example.org/secret?token=1";
  await showChat(page, [said("a", 1, link), said("b", 2, "vigil://join/#x javascript:alert(1) <a href='//x'>y</a>")]);
  const text = page.getByRole("log").getByText(link);
  await text.click();
  await text.click({ button: "middle" });
  await text.dblclick();
  expect(await page.getByRole("log").locator("a, img, iframe, link").count()).toBe(0);
  const copied = await text.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    return getSelection()?.toString();
  });
  expect(copied).toBe(link);
  expect(asked).toEqual([]);
  expect(await page.evaluate(() => globalThis.stopped)).toEqual([]);
  await page.context().close();
});
