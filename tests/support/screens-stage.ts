import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Command } from "../../core/contract/commands.ts";
import type { View } from "../../core/contract/snapshots.ts";
import type { ProblemCode } from "../../core/contract/problems.ts";
import { buildScreens, launchScreens, openSite, PAGE_URL, type Site } from "./screens-site.ts";

declare global {
  /** What the page's policy stopped, as the browser reports it. */
  var stopped: string[];
}

/** One browser and one bundle for all the tests of a file. */
export class ScreensStage {
  readonly #browser: Browser;
  readonly #site: Site;

  private constructor(browser: Browser, site: Site) {
    this.#browser = browser;
    this.#site = site;
  }

  static async raise(): Promise<ScreensStage> {
    const [browser, site] = await Promise.all([launchScreens(), buildScreens()]);
    return new ScreensStage(browser, site);
  }

  /** A page of its own with the double host behind it, on its first screen. With `ownClock` its time can be moved on by `page.clock`. */
  async open(
    options: BrowserContextOptions & {
      /** A host that does not answer. */
      readonly mute?: boolean;
      readonly language?: string;
      readonly ownClock?: boolean;
    } = {},
  ): Promise<Page> {
    const { mute = false, language = "en", ownClock = false, ...rest } = options;
    const context = await openSite(this.#browser, this.#site, {
      viewport: { width: 1280, height: 800 },
      locale: "en",
      ...rest,
    });
    await context.addInitScript(() => {
      globalThis.stopped = [];
      addEventListener("securitypolicyviolation", (event) => {
        globalThis.stopped.push(`${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    if (ownClock) await page.clock.install();
    await page.goto(`${PAGE_URL}?language=${language}${mute ? "&mute" : ""}`);
    await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
    return page;
  }

  async strike(): Promise<void> {
    await this.#browser.close();
  }
}

export function showView(page: Page, view: View, problem: ProblemCode | null = null): Promise<void> {
  return page.evaluate((state) => globalThis.vigilDouble.host.show(state), { view, problem });
}

/** What the page has asked of the host, in order. */
export function commandsOf(page: Page): Promise<Command[]> {
  return page.evaluate(() => globalThis.vigilDouble.host.commands);
}

/** Waits for the next command of a type and gives it. */
export async function nextCommand<T extends Command["type"]>(
  page: Page,
  type: T,
): Promise<Extract<Command, { type: T }>> {
  const found = await page.waitForFunction(
    (wanted) => globalThis.vigilDouble.host.commands.findLast((command) => command.type === wanted),
    type,
  );
  const command = await found.jsonValue();
  if (command === undefined || command.type !== type) throw new Error(`no ${type}`);
  return command as Extract<Command, { type: T }>;
}
