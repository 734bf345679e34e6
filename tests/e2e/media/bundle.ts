import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { build } from "vite";

/** No such host exists: every request is answered from the bundle or refused. */
export const ORIGIN = "https://vigil.invalid";
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; worker-src 'self'; connect-src 'none'";
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

export interface Bundle {
  serve(context: BrowserContext): Promise<void>;
  remove(): Promise<void>;
}

/** Bundles the page under test as the app's page is bundled, into a folder that `remove` deletes. */
export async function bundlePage(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-media-page-"));
  await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    worker: { format: "es" },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2023",
      rolldownOptions: { input: join(import.meta.dirname, "page.html") },
    },
  });
  return {
    async serve(context) {
      await context.route("**/*", async (route) => {
        const { origin, pathname } = new URL(route.request().url());
        const type = TYPES[extname(pathname)];
        if (origin !== ORIGIN || type === undefined) return route.abort();
        const body = await readFile(join(folder, pathname)).catch(() => null);
        if (body === null) return route.abort();
        return route.fulfill({ body, headers: { "content-type": type, "content-security-policy": POLICY } });
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
