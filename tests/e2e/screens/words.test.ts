import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemCodes } from "../../../core/contract/problems.ts";
import { createTranslator } from "../../../renderer/locales/i18n.ts";
import { allScenes } from "../../support/screen-scenes.ts";
import { sampleCall } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

const { t } = createTranslator("en");
const home = { screen: "home", invite: "" } as const;

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

describe("every problem", () => {
  it("is told on the first screen, in a call, and can be put away", async () => {
    const page = await stage.open();
    for (const code of problemCodes) {
      await showView(page, home, code);
      await page
        .getByRole("alert")
        .filter({ hasText: t(`problem.${code}`) })
        .waitFor();
    }
    for (const code of problemCodes) {
      await showView(page, sampleCall(2), code);
      await page
        .getByRole("alert")
        .filter({ hasText: t(`problem.${code}`) })
        .waitFor();
    }
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.context().close();
  });

  it("of a device is told with what to do", async () => {
    const page = await stage.open();
    await showView(page, {
      screen: "lobby",
      role: "starter",
      admission: "invite",
      reach: "reached",
      entry: "not-asked",
    });
    for (const problem of ["none-found", "busy", "refused", "unplugged", "failed"] as const) {
      await page.evaluate((shown) => {
        const { media } = globalThis.vigilDouble;
        const { microphone, camera, screen } = media.media.local();
        media.change({
          microphone: { ...microphone, problem: shown },
          camera: { ...camera, problem: shown },
          screen: { ...screen, problem: shown },
        });
      }, problem);
      for (const kind of ["microphone", "camera", "screen"] as const)
        await page.getByText(t(`deviceProblem.${kind}.${problem}`)).waitFor();
    }
    await page.context().close();
  });
});

describe("the invite field", () => {
  it("tells of an empty link without asking the host", async () => {
    const page = await stage.open();
    await page.getByRole("textbox", { name: "Your name" }).fill("Ada");
    await page.getByRole("button", { name: "Join" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: t("problem.invite-empty") })
      .waitFor();
    await page.context().close();
  });

  it("refuses a megabyte unsent, and stays usable", async () => {
    const page = await stage.open();
    await page.getByRole("textbox", { name: "Your name" }).fill("Ada");
    await page.getByRole("textbox", { name: "Invite link" }).fill(`vigil://join/#${"A".repeat(1_000_000)}`);
    await page.getByRole("button", { name: "Join" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: t("problem.invite-too-long") })
      .waitFor();
    expect((await commandsOf(page)).map(({ type }) => type)).toEqual(["attach"]);
    await page.getByRole("textbox", { name: "Invite link" }).fill(" vigil://join/#good ");
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Join" }).click();
    expect(await nextCommand(page, "open-invite")).toEqual({
      type: "open-invite",
      name: "Ada",
      invite: "vigil://join/#good",
    });
    await page.context().close();
  });

  it("is filled from a link that the system handed over", async () => {
    const page = await stage.open();
    await showView(page, { ...home, invite: "vigil://join/#from-outside" });
    expect(await page.getByRole("textbox", { name: "Invite link" }).inputValue()).toBe("vigil://join/#from-outside");
    await page.context().close();
  });
});

describe("the name", () => {
  it("is asked for", async () => {
    const page = await stage.open();
    await page.getByRole("button", { name: "Start a meeting" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: t("problem.name-empty") })
      .waitFor();
    expect((await commandsOf(page)).map(({ type }) => type)).toEqual(["attach"]);
    await page.context().close();
  });

  it("of 10,000 characters with control and direction-override characters is cleaned and cut before it leaves the page", async () => {
    const page = await stage.open();
    await page.getByRole("textbox", { name: "Your name" }).fill(`\u202e\u0007Ada\u2066 ${"x".repeat(10_000)}`);
    await page.getByRole("button", { name: "Start a meeting" }).click();
    expect((await nextCommand(page, "start-meeting")).name).toBe(`Ada ${"x".repeat(60)}`);
    expect(await page.evaluate(() => globalThis.vigilDouble.host.violations)).toEqual([]);
    await page.context().close();
  });

  it("is asked for again by a page that came back before entering", async () => {
    const page = await stage.open();
    await showView(page, { screen: "lobby", role: "guest", admission: "invite", reach: "reached", entry: "not-asked" });
    expect(await page.getByRole("button", { name: "Enter meeting" }).isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "Your name" }).pressSequentially("Ada");
    await page.getByRole("button", { name: "Enter meeting" }).click();
    expect(await nextCommand(page, "enter-meeting")).toMatchObject({ name: "Ada" });
    await page.context().close();
  });
});

it("every view keeps to the page's policy, in both writing directions, and fits the window's width", async () => {
  for (const language of ["en", "fa"]) {
    const page = await stage.open({ language, viewport: { width: 360, height: 640 } });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    for (const scene of allScenes) {
      await scene.set(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${scene.name} ${language}`).toBeLessThanOrEqual(360);
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === "fa" ? "rtl" : "ltr");
    expect(await page.evaluate(() => globalThis.stopped)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  }
});

it("changes language and direction at once when another is chosen, and has the host remember it", async () => {
  const page = await stage.open();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: /Language/ }).click();
  await page.getByRole("option", { name: "فارسی" }).click();
  await page.waitForFunction(() => document.documentElement.dir === "rtl");
  expect((await nextCommand(page, "change-settings")).settings.look.language).toBe("fa");
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("fa");
  await page.context().close();
});
