import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { guardContext, launchBrowser, refuseOtherPages } from "./browser.ts";
import { CrashBudget } from "./crash-budget.ts";
import { DOWNLOADS, keepInvite } from "./downloads.ts";
import { chooseFile } from "./file-chooser.ts";
import { linkFrames } from "./frames-link.ts";
import { startHostProcess } from "./host-process.ts";
import { Hosts } from "./hosts.ts";
import type { WindowOptions } from "../options.ts";
import { loadPageFiles } from "../page-files.ts";
import { ORIGIN } from "./origin.ts";
import { wait } from "../place-keeper.ts";
import { linkPage } from "./page-link.ts";

export interface ChromiumWindowOptions {
  readonly options: WindowOptions;
  /** The Chromium to run. */
  readonly executable: string;
  /** The prepared profile folder. */
  readonly profile: string;
  /** The folder of built parts: renderer, host and in-page. */
  readonly dist: string;
  /** The page shows its first screen; called again for each page. */
  readonly onReady: () => void;
  /** The person has closed the window, or Chromium is gone. */
  readonly onClosed: () => void;
}

export interface ChromiumWindow {
  openInvite(link: string): void;
  show(): Promise<void>;
  /** Leaves the meeting, closes Chromium and removes its temporary folder. Safe to call twice. */
  close(): Promise<void>;
}

const BROWSER_FOLDER = "chromium-";

interface PageParts {
  readonly relay: string;
  readonly frameKeys: string;
  readonly onQuit: () => void;
}

/** Opens the app in a Chromium of its own: the host as a child process, the page served from memory. */
export async function openChromiumWindow(setup: ChromiumWindowOptions): Promise<ChromiumWindow> {
  // First of all the host: it loads while Chromium does.
  const hosts = new Hosts(
    (events) =>
      startHostProcess({
        ...events,
        hostFile: join(setup.dist, "host", "entry.js"),
        profile: setup.profile,
        downloads: DOWNLOADS,
        chooseFile: async () => (await keeper?.chooseFile()) ?? null,
        onPageServed: setup.onReady,
        onEndApp: () => endApp(),
      }),
    wait,
  );
  const endApp = (): void => {
    hosts.forgetPlace();
    keeper?.closePage().catch(() => undefined);
  };
  const userData = await freshFolder(setup.profile);
  let context: BrowserContext | null = null;
  let keeper: PageKeeper | null = null;
  let closing: Promise<void> | null = null;
  const shut = async (): Promise<void> => {
    await Promise.all([hosts.stop(), context?.close().catch(() => undefined)]);
    await remove(userData);
  };
  const close = (): Promise<void> => (closing ??= shut());
  try {
    const [launched, files, relay, frameKeys] = await Promise.all([
      launchBrowser(setup.options, setup.executable, userData),
      loadPageFiles(join(setup.dist, "renderer")),
      readFile(join(setup.dist, "in-page", "relay.js"), "utf8"),
      readFile(join(setup.dist, "in-page", "frame-keys.js"), "utf8"),
    ]);
    context = launched;
    const closed = (): void => {
      if (closing === null) setup.onClosed();
    };
    launched.once("close", closed);
    await guardContext(launched, files);
    const opened = new PageKeeper(launched, hosts, { relay, frameKeys, onQuit: endApp });
    keeper = opened;
    await opened.open(closed);
    return { openInvite: (link) => hosts.openInvite(link), show: () => opened.show(), close };
  } catch (failure) {
    await close();
    throw failure;
  }
}

/** The window's own first load may still be under way and cut this one short: then it is asked for again. */
async function load(page: Page): Promise<void> {
  await page.goto(`${ORIGIN}/`).catch(() => page.goto(`${ORIGIN}/`));
}

/** A folder for Chromium's own files, for this run only. What earlier runs that were killed have left is removed. */
async function freshFolder(profile: string): Promise<string> {
  const left = (await readdir(profile)).filter((name) => name.startsWith(BROWSER_FOLDER));
  await Promise.all(left.map((name) => remove(join(profile, name))));
  return mkdtemp(join(profile, BROWSER_FOLDER));
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

/** Keeps one page of the app open: one that crashes is replaced, and the host shows the new one where things stand. */
class PageKeeper {
  readonly #context: BrowserContext;
  readonly #hosts: Hosts;
  readonly #parts: PageParts;
  readonly #crashes = new CrashBudget(() => Date.now());
  #page: Page | null;
  #opening = false;

  constructor(context: BrowserContext, hosts: Hosts, parts: PageParts) {
    this.#context = context;
    this.#hosts = hosts;
    this.#parts = parts;
    this.#page = context.pages()[0] ?? null;
    refuseOtherPages(context, (page) => this.#opening || page === this.#page);
  }

  /** `givenUp` is called when the window is closed by the person, or when the page crashes again and again. */
  async open(givenUp: () => void): Promise<void> {
    const page = this.#page ?? (await this.#newPage());
    this.#page = page;
    page.on("crash", () => {
      if (this.#crashes.spend()) this.#replace(page, givenUp).catch(givenUp);
      else givenUp();
    });
    page.on("download", (download) => void keepInvite(download).catch(() => undefined));
    page.on("close", () => {
      if (this.#page === page) givenUp();
    });
    const hosts = this.#hosts;
    linkFrames({
      page,
      origin: ORIGIN,
      keysScript: this.#parts.frameKeys,
      onAttach: (link) => hosts.attachFrames(link),
    });
    await linkPage({
      page,
      origin: ORIGIN,
      relayScript: this.#parts.relay,
      onAttach: (link) => hosts.attachPage(link),
      onQuit: this.#parts.onQuit,
    });
    await load(page);
  }

  /** As if the person had closed it. */
  async closePage(): Promise<void> {
    await this.#page?.close();
  }

  chooseFile(): Promise<string | null> {
    return this.#page === null ? Promise.resolve(null) : chooseFile(this.#page);
  }

  async show(): Promise<void> {
    await this.#page?.bringToFront();
  }

  // playwright-core cannot use a crashed page again, so a fresh one takes its place.
  async #replace(crashed: Page, givenUp: () => void): Promise<void> {
    this.#page = null;
    await this.open(givenUp);
    await crashed.close();
  }

  async #newPage(): Promise<Page> {
    this.#opening = true;
    try {
      return await this.#context.newPage();
    } finally {
      this.#opening = false;
    }
  }
}
