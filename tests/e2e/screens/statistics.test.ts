import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { ScreensStage } from "../../support/screens-stage.ts";
import { statistics } from "../../support/statistics-scenes.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

const asked = (page: Page): Promise<number> =>
  page.evaluate(() => globalThis.vigilDouble.media.calls.filter((call) => call === "callStatistics").length);

describe.each([
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
])("statistics at $width by $height", (viewport) => {
  it("are opened by keyboard, name each link's figures and what limits the picture, and are counted only while open", async () => {
    const page = await stage.open({ viewport, ownClock: true });
    await statistics(page);
    await page.clock.runFor(5_000);
    expect(await asked(page)).toBe(0);
    await page.getByRole("button", { name: "View", exact: true }).press("Enter");
    await page.getByRole("menuitem", { name: "Statistics" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Statistics" });
    await dialog.waitFor();
    await page.clock.runFor(1_000);
    await expect.poll(() => asked(page)).toBeGreaterThanOrEqual(2);

    const machine = dialog.getByRole("region", { name: "This machine" });
    await machine.getByText(/The link to .*Dolores Ibárruri.* carries no larger picture/).waitFor();
    await machine.getByText("2, in software").waitFor();
    await machine.getByText("\u2066640×360\u2069, 24 a second + \u2066320×180\u2069, 15 a second").waitFor();
    const far = dialog.getByRole("region", { name: "Chen Yulan" });
    for (const words of [
      "Direct, over the internet",
      "48 ms",
      "704 kbit/s in, 672 kbit/s out",
      "1.1% in, 2.3% out",
      "\u20661920×1080\u2069, 8 a second",
      "0.9%",
    ])
      await far.getByText(words, { exact: true }).waitFor();
    await dialog.getByRole("region", { name: "Emeka" }).getByText("There is no link at the moment.").waitFor();
    const wide = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(wide).toBe(0);

    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const before = await asked(page);
    await page.clock.runFor(10_000);
    expect(await asked(page)).toBe(before);
    await page.context().close();
  });
});
