import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { contentTypes, securityHeaders } from "../page-policy.ts";

/** The page's origin in the Chromium window. The name cannot exist (RFC 6761) and is answered inside the browser. */
export const ORIGIN = "https://vigil.invalid";

export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** All files of the built page by their path, read once: what is served later is what was there at the start. */
export async function loadPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const type = contentTypes[extname(entry.name)];
        if (type === undefined) return;
        const path = join(entry.parentPath, entry.name);
        const name = path.slice(folder.length).replaceAll("\\", "/").replace(/^\/*/, "/");
        files.set(name, { body: await readFile(path), headers: { ...securityHeaders, "content-type": type } });
      }),
  );
  return files;
}

/** The file that answers a request, or null: another origin, another method, a query or an unknown path. */
export function fileFor(
  files: ReadonlyMap<string, PageFile>,
  request: { readonly url: string; readonly method: string },
): PageFile | null {
  if (request.method !== "GET" || !URL.canParse(request.url)) return null;
  const url = new URL(request.url);
  if (url.origin !== ORIGIN || url.search !== "") return null;
  return files.get(url.pathname === "/" ? "/index.html" : url.pathname) ?? null;
}
