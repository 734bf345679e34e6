import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTranslator } from "../../../renderer/locales/i18n.ts";
import { nextCommand, ScreensStage } from "../../support/screens-stage.ts";

const { t } = createTranslator("en");
const RELAY = "/dns4/relay.example.org/tcp/443/wss/p2p/12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

describe("the settings", () => {
  it("switch local discovery off by keyboard, and show what the host holds", async () => {
    const page = await stage.open();
    await page.getByRole("button", { name: "Settings" }).press("Enter");
    const discovery = page.getByRole("switch", { name: "Find members on the local network" });
    expect(await discovery.getAttribute("aria-checked")).toBe("true");
    await discovery.press("Space");
    expect((await nextCommand(page, "change-settings")).settings.network.localDiscovery).toBe(false);
    await page.locator('[role="switch"][aria-checked="false"]').waitFor();
    await page.context().close();
  });

  it("take a relay that is one, once, and let it go again", async () => {
    const page = await stage.open();
    await page.getByRole("button", { name: "Settings" }).click();
    const address = page.getByRole("textbox", { name: "Relay address" });
    await address.fill("relay.example.org:443");
    await address.press("Enter");
    await page.getByText(t("settings.relayWrong")).waitFor();

    await address.fill(` ${RELAY} `);
    await address.press("Enter");
    expect((await nextCommand(page, "change-settings")).settings.network.relays).toEqual([RELAY]);
    await page.getByRole("list", { name: "Relays" }).getByText(RELAY).waitFor();
    await address.fill(RELAY);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(t("settings.relayTwice")).waitFor();

    await page.getByRole("button", { name: `Remove relay ${RELAY}` }).click();
    await page.getByRole("list", { name: "Relays" }).waitFor({ state: "detached" });
    expect(await address.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => globalThis.vigilDouble.host.violations)).toEqual([]);
    await page.context().close();
  });

  it("tell in front of themselves that they cannot be kept", async () => {
    const page = await stage.open();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.evaluate(() => globalThis.vigilDouble.host.show({ problem: "profile-unwritable" }));
    await page
      .getByRole("alert")
      .filter({ hasText: t("problem.profile-unwritable") })
      .waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    expect(await page.getByRole("dialog").count()).toBe(1);
    await page.context().close();
  });

  it("keep language and appearance as the host has them, and can follow the system again", async () => {
    const page = await stage.open({ language: "de" });
    await page.getByRole("button", { name: "Einstellungen" }).click();
    await page.getByRole("button", { name: /Aussehen/ }).click();
    await page.getByRole("option", { name: "Dunkel" }).click();
    await page.locator('html[data-theme="dark"]').waitFor({ state: "attached" });
    await page.getByRole("button", { name: /Sprache/ }).click();
    await page.getByRole("option", { name: "Wie im System" }).click();
    await page.locator('html[lang="en"]').waitFor({ state: "attached" });
    expect((await nextCommand(page, "change-settings")).settings.look).toEqual({ language: null, appearance: "dark" });
    await page.context().close();
  });
});
