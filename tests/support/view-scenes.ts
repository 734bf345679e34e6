import type { Page } from "playwright-core";
import { inPage, type Scene } from "./scene.ts";
import { statistics } from "./statistics-scenes.ts";

async function openStatistics(page: Page): Promise<void> {
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitem", { name: "Statistics" }).click();
  // Only the second count tells what changes.
  await page.getByText("kbit/s").first().waitFor();
}

const left = inPage(({ host }) => {
  host.show({ view: { screen: "ended", cause: "left", by: "", reason: "", at: Date.now(), appeal: "none" } });
});

/** What the menu of views opens, and what is left when it is over. */
export const viewScenes: readonly Scene[] = [
  { name: "call-statistics", set: statistics, then: openStatistics },
  { name: "ended-left", set: left },
];
