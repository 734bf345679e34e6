import { mkdtemp, readFile, rm } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumFlags } from "./flags.ts";
import { type FramesLink, linkFrames } from "./frames-link.ts";
import { type HostProcess, startHostProcess } from "./host-process.ts";
import type { WindowOptions } from "./options.ts";
import { fileFor, loadPageFiles, ORIGIN, type PageFile } from "./page-files.ts";
import { type Attachment, linkPage } from "./page-link.ts";

export interface ChromiumWindowOptions {
  readonly options: WindowOptions;
  /** The Chromium to run. */
  readonly executable: string;
  /** The prepared profile folder. */
  readonly profile: string;
  /** The folder of built parts: renderer, host and in-page. */
  readonly dist: string;
  /** The page shows its first screen. */
  onReady(): void;
  /** The person has closed the window, or Chromium is gone. */
  onClosed(): void;
}

export interface ChromiumWindow {
  openInvite(link: string): void;
  show(): Promise<void>;
  /** Leaves the meeting, closes Chromium and removes its temporary folder. Safe to call twice. */
  close(): Promise<void>;
}

/** What a page may do with devices, of all that Chromium knows to grant. */
const PERMISSIONS = ["camera", "microphone", "clipboard-write"];

/** Opens the app in a Chromium of its own: the host as a child process, the page served from memory. */
export async function openChromiumWindow(setup: ChromiumWindowOptions): Promise<ChromiumWindow> {
  const hosts = new Hosts(setup);
  const userData = await mkdtemp(join(tmpdir(), "vigil-chromium-"));
  const [context, files, relayScript, keysScript] = await Promise.all([
    launch(setup, userData),
    loadPageFiles(join(setup.dist, "renderer")),
    readFile(join(setup.dist, "in-page", "relay.js"), "utf8"),
    readFile(join(setup.dist, "in-page", "frame-keys.js"), "utf8"),
  ]);
  const page = context.pages()[0] ?? (await context.newPage());
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= shut(hosts, context, userData);
    return closing;
  };
  context.once("close", () => {
    if (closing === null) setup.onClosed();
  });
  await guard(context, page, files);
  linkFrames({ page, origin: ORIGIN, keysScript, onAttach: (link) => hosts.attachFrames(link) });
  const session = await linkPage({ page, origin: ORIGIN, relayScript, onAttach: (link) => hosts.attachPage(link) });
  page.on("crash", () => void session.send("Page.reload").catch(() => undefined));
  await page.goto(`${ORIGIN}/`);
  return { openInvite: (link) => hosts.current().openInvite(link), show: () => page.bringToFront(), close };
}

async function shut(hosts: Hosts, context: BrowserContext, userData: string): Promise<void> {
  await Promise.all([hosts.stop(), context.close().catch(() => undefined)]);
  await rm(userData, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

function launch({ options, executable }: ChromiumWindowOptions, userData: string): Promise<BrowserContext> {
  const root = process.getuid?.() === 0;
  const network = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
  return chromium.launchPersistentContext(userData, {
    executablePath: executable,
    headless: options.headless,
    chromiumSandbox: !root,
    args: chromiumFlags(options, { root, network }),
    // The window is opened by --app, without tabs; a second page would only be in the way.
    ignoreDefaultArgs: ["--unsafely-disable-devtools-self-xss-warnings", ...(options.headless ? [] : ["about:blank"])],
    viewport: options.headless ? { width: 1280, height: 800 } : null,
    serviceWorkers: "block",
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Answers the page's own files from memory, refuses every other request, and lets no second page live. */
async function guard(context: BrowserContext, page: Page, files: ReadonlyMap<string, PageFile>): Promise<void> {
  await Promise.all([
    context.route("**/*", async (route) => {
      const request = route.request();
      const file = fileFor(files, { url: request.url(), method: request.method() });
      if (file === null) await route.abort("blockedbyclient");
      else await route.fulfill({ status: 200, body: file.body, headers: { ...file.headers } });
    }),
    context.grantPermissions(PERMISSIONS, { origin: ORIGIN }),
  ]);
  context.on("page", (other) => {
    if (other !== page) void other.close().catch(() => undefined);
  });
}

/** The host of the moment: one that died is replaced when a page asks again. */
class Hosts {
  readonly #setup: ChromiumWindowOptions;
  #host: HostProcess;
  #stopping = false;
  #frames: FramesLink | null = null;

  constructor(setup: ChromiumWindowOptions) {
    this.#setup = setup;
    this.#host = this.#start();
  }

  current(): HostProcess {
    if (!this.#host.alive && !this.#stopping) this.#host = this.#start();
    return this.#host;
  }

  attachPage(attachment: Attachment): void {
    const replaced = !this.#host.alive;
    const port = this.current().attach("attach-page");
    port.listen((message) => attachment.post(message));
    attachment.listen((message) => port.post(message));
    port.onClosed(() => attachment.close());
    attachment.onGone(() => port.close());
    // A worker that outlived the old host needs keys from the new one.
    if (replaced && this.#frames !== null) this.attachFrames(this.#frames);
  }

  attachFrames(link: FramesLink): void {
    this.#frames = link;
    const port = this.current().attach("attach-frames");
    port.listen((message) => link.post(message));
    link.onGone(() => {
      port.close();
      if (this.#frames === link) this.#frames = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#host.stop();
  }

  #start(): HostProcess {
    return startHostProcess({
      hostFile: join(this.#setup.dist, "host", "entry.js"),
      profile: this.#setup.profile,
      onPageServed: this.#setup.onReady,
      onExit: () => undefined,
    });
  }
}
