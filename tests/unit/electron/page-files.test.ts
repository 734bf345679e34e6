import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_ORIGIN } from "../../../electron/channels.ts";
import { answer, appScheme } from "../../../electron/main/app-scheme.ts";
import { fileFor, loadPageFiles, type PageFile } from "../../../electron/page-files.ts";
import { CONTENT_SECURITY_POLICY } from "../../../electron/page-policy.ts";

let folder = "";
let files: ReadonlyMap<string, PageFile> = new Map();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-page-"));
  const page = join(folder, "page");
  await mkdir(join(page, "assets"), { recursive: true });
  await writeFile(join(folder, "secret.html"), "outside");
  await writeFile(join(page, "index.html"), "<p>home</p>");
  await writeFile(join(page, "assets", "a.js"), "1");
  await writeFile(join(page, "notes.txt"), "not part of the page");
  files = await loadPageFiles(page);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (url: string): Response => answer(files, { url, method: "GET" });

describe("the app's own scheme", () => {
  it("serves the page's files with their type and the policy", async () => {
    const home = get(`${APP_ORIGIN}/`);
    expect(home.status).toBe(200);
    expect(await home.text()).toBe("<p>home</p>");
    expect(home.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(home.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
    expect(home.headers.get("x-content-type-options")).toBe("nosniff");
    expect(get(`${APP_ORIGIN}/assets/a.js`).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  it.each([
    "/notes.txt",
    "/absent.html",
    "/../secret.html",
    "/..%2fsecret.html",
    "/%2e%2e/secret.html",
    "/assets/..\\..\\secret.html",
    "/assets/",
    "/index.html?x",
    "//etc/passwd",
  ])("answers 404 to %s", (path) => {
    expect(get(`${APP_ORIGIN}${path}`).status).toBe(404);
  });

  it("answers nothing to another origin or method", () => {
    expect(get("vigil-app://other/").status).toBe(404);
    expect(get("vigil-app://app@other/").status).toBe(404);
    expect(get("https://app/").status).toBe(404);
    expect(answer(files, { url: `${APP_ORIGIN}/`, method: "POST" }).status).toBe(404);
    expect(
      fileFor(files, { origin: "https://vigil.invalid", url: "https://vigil.invalid.example/", method: "GET" }),
    ).toBeNull();
  });

  it("is secure and standard, and cannot be fetched", () => {
    expect(appScheme.privileges).toMatchObject({
      secure: true,
      standard: true,
      supportFetchAPI: false,
      corsEnabled: false,
    });
    expect(appScheme.privileges?.bypassCSP ?? false).toBe(false);
    expect(appScheme.privileges?.allowServiceWorkers ?? false).toBe(false);
  });

  it("has a policy that lets nothing in from outside", () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none';/);
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  });
});
