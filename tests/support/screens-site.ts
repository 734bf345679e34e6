import path from "node:path";
import react from "@vitejs/plugin-react";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "playwright-core";
import { build } from "vite";

/** The policy of the real page, word for word. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; worker-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
export const PAGE_URL = "https://vigil.invalid/index.html";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export type Site = ReadonlyMap<string, string | Uint8Array>;

/** Bundles the real screens with the doubles, in memory. */
export async function buildScreens(): Promise<Site> {
  const root = path.join(import.meta.dirname, "double-page");
  // As it is shipped: libraries behave otherwise when they see that they are being tested.
  process.env["NODE_ENV"] = "production";
  const built = await build({
    root,
    configFile: false,
    logLevel: "error",
    base: "./",
    plugins: [react()],
    build: { write: false, minify: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const files = new Map<string, string | Uint8Array>();
  for (const output of outputs) {
    if (!("output" in output)) throw new Error("the bundler went into watch mode");
    for (const file of output.output) files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
  }
  return files;
}

export async function launchScreens(): Promise<Browser> {
  const named = process.env["VIGIL_CHROMIUM"];
  return chromium.launch({
    executablePath: named ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"],
  });
}

/** A fresh browser context in which the page's address leads to the site, under the page's own policy, and nothing leads anywhere else. */
export async function openSite(
  browser: Browser,
  site: Site,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  await context.route("**/*", async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    const body = origin === "https://vigil.invalid" ? site.get(pathname) : undefined;
    if (body === undefined) return route.abort();
    return route.fulfill({
      body: Buffer.from(body),
      contentType: TYPES[path.extname(pathname)] ?? "application/octet-stream",
      headers: { "content-security-policy": PAGE_POLICY },
    });
  });
  return context;
}
