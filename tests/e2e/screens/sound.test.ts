import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall, sampleMember } from "../../support/scenes.ts";
import { nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

const calls = (page: Page): Promise<string[]> => page.evaluate(() => [...globalThis.vigilDouble.media.calls]);

/** Two people, the other with picture and sound. */
async function showPair(page: Page): Promise<void> {
  const call = sampleCall(2);
  const participants = call.participants.map((one) => ({ ...one, media: { ...one.media, camera: true } }));
  await page.evaluate((id) => {
    globalThis.vigilDouble.media.paint(id, ["camera", "microphone"]);
    void globalThis.vigilDouble.media.media.prepare();
  }, sampleMember(1));
  await showView(page, { ...call, participants });
  await page.getByRole("figure", { name: "Bashir Rahimi" }).locator("video").waitFor();
}

it("is treated as the settings say, by switches that hold at once", async () => {
  const page = await stage.open();
  await expect.poll(() => calls(page)).toContain("treat:111");
  await page.getByRole("button", { name: "Settings" }).press("Enter");
  await page.getByRole("switch", { name: "Noise suppression" }).press("Space");
  expect((await nextCommand(page, "change-settings")).settings.sound).toEqual({
    echoCancellation: true,
    noiseSuppression: false,
    autoGainControl: true,
  });
  await expect.poll(() => calls(page)).toContain("treat:101");
  await page.context().close();
});

it("of one person is as loud as chosen for them, by keyboard, here alone", async () => {
  const page = await stage.open();
  await showPair(page);
  await page.getByRole("listitem", { name: "Bashir Rahimi" }).getByRole("button", { name: "Details" }).press("Enter");
  const slider = page.getByRole("slider", { name: "Volume" });
  await slider.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowLeft");
  expect(await slider.getAttribute("aria-valuetext")).toBe("80%");
  await expect.poll(() => page.locator("audio").evaluate((sound) => (sound as HTMLAudioElement).volume)).toBe(0.8);
  expect((await nextCommand(page, "keep-acts")).acts.volumes).toEqual([{ member: sampleMember(1), percent: 80 }]);
  expect(await page.evaluate(() => globalThis.vigilDouble.host.violations)).toEqual([]);
  await page.context().close();
});

it("is all there is once pictures are too much, which is said, and pictures can be tried again", async () => {
  const page = await stage.open({ ownClock: true });
  await showPair(page);
  await page.evaluate(() => (globalThis.vigilDouble.media.strain = { machine: true, links: false }));
  await page.clock.runFor(30_000);
  expect(await page.getByText(/^Sound only/).count()).toBe(0);
  await page.clock.runFor(40_000);
  await page
    .getByRole("status")
    .getByText("Sound only: this machine cannot keep up with pictures, so they are off.")
    .waitFor();
  await page.locator("figure video").first().waitFor({ state: "detached" });
  expect(await page.locator("audio").count()).toBe(1);
  expect(await calls(page)).toContain("camera:false");
  await page.evaluate(() => (globalThis.vigilDouble.media.strain = { machine: false, links: false }));
  await page.getByRole("button", { name: "Try pictures again" }).press("Enter");
  await page.getByRole("figure", { name: "Bashir Rahimi" }).locator("video").waitFor();
  expect((await calls(page)).at(-1)).toBe("camera:true");
  await page.context().close();
});

it("alone can be chosen by hand, and a camera that was off stays off afterwards", async () => {
  const page = await stage.open();
  await showPair(page);
  await page.getByRole("button", { name: "Stop video" }).click();
  await page.getByRole("button", { name: "View", exact: true }).press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "Sound only" }).press("Space");
  await page.locator("figure video").first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show pictures" }).press("Enter");
  await page.getByRole("figure", { name: "Bashir Rahimi" }).locator("video").waitFor();
  expect((await calls(page)).findLast((call) => call.startsWith("camera:"))).toBe("camera:false");
  await page.context().close();
});
