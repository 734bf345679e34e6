import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { sampleCall, sampleMember } from "../../support/scenes.ts";
import { ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** The call with everybody's camera on and a picture of each. */
async function showCall(page: Page, people: number, sharing = false): Promise<ScreenOf<"call">> {
  const call = sampleCall(people);
  const participants = call.participants.map((one, index) => ({
    ...one,
    media: { ...one.media, camera: true, screen: sharing && index === 2 },
  }));
  const view = { ...call, participants };
  await page.evaluate(
    (ids) => {
      for (const id of ids) globalThis.vigilDouble.media.paint(id, ["camera", "screen"]);
    },
    participants.slice(1).map(({ id }) => id),
  );
  await showView(page, view);
  await page.getByRole("figure").first().waitFor();
  return view;
}

const names = (page: Page): Promise<string[]> =>
  page.getByRole("figure").evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("aria-label") ?? ""));
const large = (page: Page) => page.locator("figure.tile-large");

async function openView(page: Page): Promise<void> {
  await page.getByRole("button", { name: "View", exact: true }).press("Enter");
  await page.getByRole("menu", { name: "View" }).waitFor();
}

async function chooseSpeaker(page: Page): Promise<void> {
  await openView(page);
  await page.getByRole("menuitemradio", { name: "Speaker large" }).press("Enter");
  await large(page).waitFor();
  if ((await page.getByRole("menu").count()) > 0) await page.keyboard.press("Escape");
}

describe.each([
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
])("layouts at $width by $height", (viewport) => {
  it("of 25 people show pictures of one page only, and all on one page or another", async () => {
    const page = await stage.open({ viewport });
    const { participants } = await showCall(page, 25);
    await chooseSpeaker(page);
    const seen = new Set<string>();
    const next = page.getByRole("button", { name: "Next page" });
    for (;;) {
      const shown = await names(page);
      for (const name of shown) seen.add(name);
      expect(await page.locator("figure video").count()).toBeLessThanOrEqual(shown.length);
      expect(shown.length).toBeLessThan(12);
      if (await next.isDisabled()) break;
      await next.press("Enter");
      await expect.poll(() => names(page)).not.toEqual(shown);
    }
    expect(seen).toEqual(new Set(participants.map(({ name }) => name)));
    await page.context().close();
  });

  it("follow whoever speaks, until somebody is pinned by keyboard", async () => {
    const page = await stage.open({ viewport });
    await showCall(page, 4);
    await chooseSpeaker(page);
    expect(await large(page).getAttribute("aria-label")).toBe("Bashir Rahimi");
    await page.evaluate((id) => globalThis.vigilDouble.media.setLevel(id, 0.5), sampleMember(3));
    await page.locator("figure.tile-large[aria-label='Dolores Ibárruri']").waitFor();
    const pin = page.getByRole("button", { name: /Pin .*Chen Yulan/ });
    await page.getByRole("button", { name: /Pin .*Ada/ }).focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    for (let press = 0; press < 4 && !/Chen/.test(await focused()); press++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.locator("figure.tile-large[aria-label='Chen Yulan']").waitFor();
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await pin.press("Space");
    await page.locator("figure.tile-large[aria-label='Dolores Ibárruri']").waitFor();
    await page.context().close();
  });

  it("put a shared screen before everything else, and everybody beside it", async () => {
    const page = await stage.open({ viewport });
    await showCall(page, 3, true);
    const shared = page.getByRole("group", { name: /Chen Yulan.* is sharing a screen/ });
    await shared.locator("video").waitFor();
    expect((await names(page)).toSorted()).toEqual(["Ada", "Bashir Rahimi", "Chen Yulan"]);
    const boxes = await Promise.all([shared, page.getByRole("figure").first()].map((one) => one.boundingBox()));
    expect((boxes[0]?.width ?? 0) * (boxes[0]?.height ?? 0)).toBeGreaterThan(
      3 * (boxes[1]?.width ?? 0) * (boxes[1]?.height ?? 0),
    );
    await page.context().close();
  });

  it("leave out one's own picture where that was chosen", async () => {
    const page = await stage.open({ viewport });
    await showCall(page, 3);
    await openView(page);
    await page.getByRole("menuitemcheckbox", { name: "My own picture" }).press("Space");
    await page.getByRole("figure", { name: "Ada" }).waitFor({ state: "detached" });
    expect((await names(page)).toSorted()).toEqual(["Bashir Rahimi", "Chen Yulan"]);
    await page.context().close();
  });
});

it("open a small window of the browser's own, which shows whoever is pinned and closes with the call", async () => {
  const page = await stage.open();
  await showCall(page, 3);
  const inWindow = () => page.evaluate(() => document.pictureInPictureElement !== null);
  expect(await page.evaluate(() => document.pictureInPictureEnabled)).toBe(true);
  await openView(page);
  await page.getByRole("menuitemcheckbox", { name: "Small window" }).press("Enter");
  await expect.poll(inWindow).toBe(true);
  await showView(page, { screen: "ended", cause: "left", by: "", reason: "", at: Date.now(), appeal: "none" });
  await expect.poll(inWindow).toBe(false);
  await page.context().close();
});
