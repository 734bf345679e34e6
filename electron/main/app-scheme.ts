import type { CustomScheme, Protocol } from "electron";
import { APP_ORIGIN, APP_SCHEME } from "../channels.ts";
import { fileFor, type PageFile } from "../page-files.ts";

/** To be registered before the app is ready. `secure` lets the page use cameras; fetch is not supported because the page fetches nothing. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: false,
    corsEnabled: false,
    stream: false,
    codeCache: true,
  },
};

/** The answer to one request on the app's scheme: a file of the built page with the security headers, or 404. */
export function answer(files: ReadonlyMap<string, PageFile>, request: Pick<Request, "url" | "method">): Response {
  const file = fileFor(files, { origin: APP_ORIGIN, url: request.url, method: request.method });
  if (file === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(file.body), { status: 200, headers: { ...file.headers } });
}

/** Answers every request on the app's scheme from memory. */
export function serveAppScheme(protocol: Pick<Protocol, "handle">, files: ReadonlyMap<string, PageFile>): void {
  protocol.handle(APP_SCHEME, (request) => answer(files, request));
}
