import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { sampleCall } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** A call in which some members, by their place in the list, are otherwise than the rest. */
function callWith(people: number, changes: Readonly<Record<number, Partial<Participant>>>) {
  const call = sampleCall(people);
  return { ...call, participants: call.participants.map((one, index) => ({ ...one, ...changes[index] })) };
}

describe.each([
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
])("hands and reactions at $width by $height", (viewport) => {
  it("a hand goes up and down by button and by shortcut, and stands on the tile with its place", async () => {
    const page = await stage.open({ viewport });
    await showView(page, callWith(4, { 2: { hand: 1 } }));
    await page.getByRole("button", { name: "Raise hand", exact: true }).press("Enter");
    expect(await nextCommand(page, "set-hand")).toEqual({ type: "set-hand", raised: true });
    const own = page.getByRole("figure", { name: "Ada" });
    await own.getByRole("img", { name: "Hand raised, number 2 in line" }).waitFor();
    await page
      .getByRole("figure", { name: "Chen Yulan" })
      .getByRole("img", { name: "Hand raised, number 1 in line" })
      .waitFor();
    await page.getByRole("button", { name: "Lower hand", exact: true }).waitFor();
    await page.keyboard.press("Control+u");
    await page.getByRole("button", { name: "Raise hand", exact: true }).waitFor();
    expect(await own.getByRole("img", { name: /Hand raised/ }).count()).toBe(0);
    await page.keyboard.press("Control+u");
    await own.getByRole("img", { name: /Hand raised/ }).waitFor();
    await page.context().close();
  });

  it("the list has raised hands first, in order; a line says who while it is closed", async () => {
    const page = await stage.open({ viewport });
    await showView(page, callWith(5, { 1: { hand: 2 }, 3: { hand: 1 }, 4: { hand: 3 } }));
    const list = page.getByRole("list", { name: "Participants" });
    if (viewport.width > 900) {
      await list.waitFor();
      await page.keyboard.press("Control+p");
    }
    const line = page.getByRole("group", { name: "Raised hands" });
    await line.waitFor();
    expect(await line.textContent()).toMatch(/Dolores Ibárruri.*Bashir Rahimi.*Emeka/);
    await line.getByRole("button", { name: "Show" }).press("Enter");
    await list.waitFor();
    await line.waitFor({ state: "detached" });
    const names = await list
      .getByRole("listitem")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
    expect(names).toEqual(["Dolores Ibárruri", "Bashir Rahimi", "Emeka", "Ada", "Chen Yulan"]);
    const third = list.getByRole("listitem", { name: "Emeka" });
    await third.getByRole("img", { name: "Hand raised, number 3 in line" }).waitFor();
    await page.context().close();
  });

  it("a reaction is chosen by keyboard from a menu and shown on the tile", async () => {
    const page = await stage.open({ viewport });
    await showView(page, sampleCall(3));
    await page.getByRole("button", { name: "React", exact: true }).press("Enter");
    const menu = page.getByRole("menu", { name: "React" });
    await menu.waitFor();
    expect(await menu.getByRole("menuitem").allTextContents()).toEqual([
      "Thumbs up",
      "Applause",
      "Heart",
      "Laughing",
      "Surprised",
    ]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await nextCommand(page, "react")).toEqual({ type: "react", kind: "applause" });
    await menu.waitFor({ state: "detached" });
    await page.getByRole("figure", { name: "Ada" }).getByRole("img", { name: "Applause" }).waitFor();
    await page.getByRole("button", { name: "React", exact: true }).press("Enter");
    await menu.waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    expect((await commandsOf(page)).filter(({ type }) => type === "react")).toHaveLength(1);
    await page.context().close();
  });

  it("every control is whole in the window and beside the others", async () => {
    const page = await stage.open({ viewport, language: "de" });
    await showView(page, sampleCall(3));
    await page.getByRole("button", { name: "Hand heben" }).waitFor();
    const boxes = await page.locator(".controls .control-button").evaluateAll((buttons) =>
      buttons.map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(boxes.length).toBeGreaterThanOrEqual(7);
    for (const [index, { left, right }] of boxes.entries()) {
      expect(left).toBeGreaterThanOrEqual(boxes[index - 1]?.right ?? 0);
      expect(right).toBeLessThanOrEqual(viewport.width);
    }
    await page.context().close();
  });
});

it("tells a screen reader politely whose hand went up and who reacted, each time, and nothing of oneself", async () => {
  const page = await stage.open();
  await showView(page, callWith(4, { 1: { hand: 1 } }));
  const polite = page.locator("[aria-live=polite]");
  const said = (words: RegExp) => polite.getByText(words).waitFor({ state: "attached" });
  const applause = { id: 1, kind: "applause" } as const;
  await showView(page, callWith(4, { 0: { hand: 3 }, 1: { hand: 1 }, 2: { hand: 2, reaction: applause } }));
  await said(/Chen Yulan.* has raised a hand/);
  await said(/Chen Yulan.*: Applause/);
  expect(await polite.getByText(/Bashir|Ada/).count()).toBe(0);
  const twice = polite.getByText(/Chen Yulan.*: Applause/);
  await showView(page, callWith(4, { 2: { reaction: { id: 2, kind: "applause" } } }));
  await expect.poll(() => twice.count()).toBe(2);
  // What is known is not said again; a hand that goes up again is.
  await page.evaluate(() => document.querySelectorAll("[aria-live=polite] p").forEach((one) => (one.id = "said")));
  await showView(page, callWith(4, { 2: { hand: 1, reaction: { id: 2, kind: "applause" } } }));
  await polite
    .locator("p:not(#said)")
    .getByText(/Chen Yulan.* has raised a hand/)
    .waitFor({ state: "attached" });
  expect(await polite.locator("p:not(#said)").count()).toBe(1);
  await page.context().close();
});

it("shows and tells no reaction of one whose messages this person hides", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  await page.getByRole("listitem", { name: "Bashir Rahimi" }).getByRole("button", { name: "Details" }).press("Enter");
  await page.getByRole("switch", { name: "Hide their messages and reactions" }).press("Space");
  await page.keyboard.press("Escape");
  const heart = { id: 1, kind: "heart" } as const;
  await showView(page, callWith(3, { 1: { reaction: heart }, 2: { reaction: { ...heart, id: 2 } } }));
  await page.getByRole("figure", { name: "Chen Yulan" }).getByRole("img", { name: "Heart" }).waitFor();
  await page
    .locator("[aria-live=polite]")
    .getByText(/Chen Yulan.*: Heart/)
    .waitFor({ state: "attached" });
  expect(await page.getByRole("img", { name: "Heart" }).count()).toBe(1);
  expect(await page.locator("[aria-live=polite] p").filter({ hasText: "Bashir" }).count()).toBe(0);
  await page.context().close();
});
