import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { contentTypes, securityHeaders } from "./page-policy.ts";

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

/** A request for a file of the page. `origin` is the only one that is answered. */
export interface PageRequest {
  readonly origin: string;
  readonly url: string;
  readonly method: string;
}

/** The file that answers a request, or null: another origin, another method, a query or an unknown path. */
export function fileFor(files: ReadonlyMap<string, PageFile>, { origin, url, method }: PageRequest): PageFile | null {
  if (method !== "GET" || !url.startsWith(`${origin}/`) || !URL.canParse(url)) return null;
  const { pathname, search, username, password } = new URL(url);
  if (search !== "" || username !== "" || password !== "") return null;
  return files.get(pathname === "/" ? "/index.html" : pathname) ?? null;
}
