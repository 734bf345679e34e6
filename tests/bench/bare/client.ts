import { chromium, type Browser, type Page } from "playwright-core";
import { processTree } from "../../support/process-tree.ts";
import { chromiumPath, chromiumSwitches } from "./switches.ts";

export interface BareLink {
  readonly videoFrames: number;
  readonly audioPackets: number;
}

interface BarePage {
  readonly ready: Promise<void>;
  enter(others: number): Promise<number>;
  statistics(): Promise<BareLink[]>;
}

declare global {
  var bare: BarePage;
}

export interface BareClientOptions {
  /** The bare server's address. */
  readonly url: string;
  /** A y4m file for the fake camera. */
  readonly video: string;
  readonly constraints: MediaStreamConstraints;
}

/** One member of the bare mesh, in a Chromium of its own with the app's own switches. */
export class BareClient {
  readonly #browser: Browser;
  readonly #page: Page;
  /** The browser's main process, the root of all of this client's processes; 0 where the system does not tell. */
  readonly pid: number;

  private constructor(browser: Browser, page: Page, pid: number) {
    this.#browser = browser;
    this.#page = page;
    this.pid = pid;
  }

  /** Starts the browser and shows the preview; ends before entering. One at a time, so that each knows its own process. */
  static async start(options: BareClientOptions): Promise<BareClient> {
    const before = childPids();
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      headless: true,
      args: chromiumSwitches(options.video),
    });
    const pid = childPids().find((child) => !before.includes(child)) ?? 0;
    const page = await browser.newPage();
    const url = new URL(options.url);
    url.searchParams.set("constraints", JSON.stringify(options.constraints));
    await page.goto(url.href);
    await page.evaluate(() => globalThis.bare.ready);
    return new BareClient(browser, page, pid);
  }

  /** Enters the room; ms from asking to the first decoded picture and sound of all `others`. */
  enter(others: number): Promise<number> {
    return this.#page.evaluate((count) => globalThis.bare.enter(count), others);
  }

  statistics(): Promise<BareLink[]> {
    return this.#page.evaluate(() => globalThis.bare.statistics());
  }

  /** Goes out of the room and back to the preview, ready to enter again. */
  async again(): Promise<void> {
    await this.#page.reload();
    await this.#page.evaluate(() => globalThis.bare.ready);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}

function childPids(): number[] {
  return processTree(process.pid)
    .filter(({ parent }) => parent === process.pid)
    .map(({ pid }) => pid);
}
