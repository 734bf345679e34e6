import { networkInterfaces } from "node:os";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumFlags, windowSize } from "./flags.ts";
import type { WindowOptions } from "../options.ts";
import { fileFor, type PageFile } from "../page-files.ts";
import { ORIGIN } from "./origin.ts";

/** What the app's origin may do, of all that Chromium knows to grant; everything else is denied. */
const PERMISSIONS = ["camera", "microphone", "clipboard-write"];

/** Starts Chromium with a profile of its own in `userData`, connected by a pipe. */
export function launchBrowser(options: WindowOptions, executable: string, userData: string): Promise<BrowserContext> {
  const root = process.getuid?.() === 0;
  const network = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
  return chromium.launchPersistentContext(userData, {
    executablePath: executable,
    headless: options.headless,
    chromiumSandbox: !root,
    args: chromiumFlags(options, { root, network }),
    // With --app the window opens without tabs, and this one would only be a second.
    ignoreDefaultArgs: ["--unsafely-disable-devtools-self-xss-warnings", ...(options.headless ? [] : ["about:blank"])],
    viewport: options.headless ? windowSize(options.chromiumArgs) : null,
    serviceWorkers: "block",
    // Only what `keepInvite` lets through leaves the temporary folder that this run removes.
    acceptDownloads: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Answers the page's own files from memory, refuses every other request and grants the page its devices. */
export async function guardContext(context: BrowserContext, files: ReadonlyMap<string, PageFile>): Promise<void> {
  await Promise.all([
    context.route("**/*", async (route) => {
      const request = route.request();
      const file = fileFor(files, { origin: ORIGIN, url: request.url(), method: request.method() });
      // An aborted navigation leaves the page where it is; a blocked one would put an error page in its place.
      if (file === null) await route.abort(request.isNavigationRequest() ? "aborted" : "blockedbyclient");
      else await route.fulfill({ status: 200, body: file.body, headers: { ...file.headers } });
    }),
    context.grantPermissions(PERMISSIONS, { origin: ORIGIN }),
  ]);
}

/** Closes every page but the one that `isOurs`: links open nothing. */
export function refuseOtherPages(context: BrowserContext, isOurs: (page: Page) => boolean): void {
  context.on("page", (page) => {
    if (!isOurs(page)) page.close().catch(() => undefined);
  });
}
