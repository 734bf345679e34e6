import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { PAGE_QUIT } from "../../core/contract/port-words.ts";
import { installedChromium } from "../../build/setup/chromium.mjs";
import { buildStandIn } from "../support/stand-in/build.ts";
import { freePort, isAlive } from "../support/stand-in/machine.ts";

// The Chromium window with a stand-in page and host: what it carries, what it keeps out, and how it ends.

interface Seen {
  readonly messages: readonly {
    readonly channel?: string;
    readonly pages?: number;
    readonly pid?: number;
    readonly invite?: string;
    /** What the host was given of the place of the one before it. */
    readonly returned?: number | null;
  }[];
  readonly keys: readonly { readonly key: number }[];
  readonly closed: number;
}

interface Started {
  readonly process: ChildProcess;
  /** What it has printed so far, on both streams. */
  output(): string;
  readonly ended: Promise<number | null>;
}

let dist = "";
let temp = "";
let profile = "";
let debugPort = 0;
const executable = installedChromium();
const running: Started[] = [];

beforeAll(async () => {
  dist = await buildStandIn();
});
afterAll(() => rm(dist, { recursive: true, force: true }));
afterEach(async () => {
  for (const started of running.splice(0)) {
    started.process.kill("SIGTERM");
    await started.ended;
  }
  await rm(temp, { recursive: true, force: true, maxRetries: 10 });
});

function run(...args: string[]): Started {
  const entry = join(import.meta.dirname, "../support/stand-in/window-entry.ts");
  const child = spawn(process.execPath, [entry, dist, executable ?? "", "--profile", profile, "--headless", ...args], {
    env: { ...process.env, TMPDIR: temp },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const started = { process: child, output: () => text, ended };
  running.push(started);
  return started;
}

async function prepare(): Promise<void> {
  temp = await mkdtemp(join(tmpdir(), "vigil-window-"));
  profile = join(temp, "profile");
  debugPort = await freePort();
}

/** Opens the window and drives its page from outside, as a debugger does. */
async function open(...args: string[]): Promise<{ started: Started; browser: Browser; page: Page }> {
  await prepare();
  const started = run("--fake-media", "--debug-port", String(debugPort), ...args);
  onTestFailed(() => console.log(started.output()));
  await expect.poll(() => started.output(), { timeout: 60_000 }).toMatch(/^VIGIL READY /m);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`);
  return { started, browser, page: onlyPage(browser) };
}

function onlyPage(browser: Browser): Page {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const [page] = pages;
  if (page === undefined || pages.length !== 1) throw new Error(`${pages.length} pages`);
  return page;
}

function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(() => JSON.parse(JSON.stringify((globalThis as unknown as { seen: Seen }).seen)) as Seen);
}

const snapshots = async (page: Page): Promise<Seen["messages"]> =>
  (await seenBy(page)).messages.filter(({ channel }) => channel === "snapshot");

describe.skipIf(executable === null)("the Chromium window", () => {
  it("carries the contract to the page and the keys past it, and ends cleanly", async () => {
    const { started, page } = await open();
    expect(started.output()).toContain(
      `VIGIL READY {"window":"chromium","pid":${started.process.pid},"debugPort":${debugPort}}`,
    );
    await expect.poll(async () => (await seenBy(page)).keys).toEqual(Array.from({ length: 20 }, (_, key) => ({ key })));
    expect(await snapshots(page)).toMatchObject([{ pages: 1 }]);
    const leaked = await page.evaluate(() =>
      Object.keys(globalThis).filter((name) => /vigil|playwright|binding/i.test(name)),
    );
    expect(leaked).toEqual([]);

    started.process.kill("SIGTERM");
    expect(await started.ended).toBe(0);
    expect((await readdir(profile)).filter((name) => name.startsWith("chromium-"))).toEqual([]);
  });

  it("gives a reloaded page its place again, and fresh keys to its worker", async () => {
    const { page } = await open();
    await page.reload();
    await expect.poll(() => snapshots(page)).toMatchObject([{ pages: 2 }]);
    await expect.poll(async () => (await seenBy(page)).keys).toHaveLength(20);
  });

  it("ends when its window is closed", async () => {
    const { started, page } = await open();
    await page.close();
    expect(await started.ended).toBe(0);
    expect((await readdir(profile)).filter((name) => name.startsWith("chromium-"))).toEqual([]);
  });

  it("replaces a page that crashes", async () => {
    const { browser, page } = await open();
    const session = await page.context().newCDPSession(page);
    session.send("Page.crash").catch(() => undefined);
    const second = await expect
      .poll(
        () => chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`, { timeout: 3000 }).then(onlyPage, () => null),
        { timeout: 60_000 },
      )
      .not.toBeNull()
      .then(() => chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`));
    await expect.poll(() => snapshots(onlyPage(second))).toMatchObject([{ pages: 2 }]);
    await browser.close();
  });

  it("tells the page when the host dies, starts another with its place when the page asks, and ends when the page says so", async () => {
    const { started, page } = await open();
    const [first] = await snapshots(page);
    const die = (): Promise<void> =>
      page.evaluate(() => (globalThis as unknown as { seen: { send(message: unknown): void } }).seen.send("die"));
    await die();
    await expect.poll(async () => (await seenBy(page)).closed).toBe(1);
    await page.evaluate(() => (globalThis as unknown as { seen: { askAgain(): void } }).seen.askAgain());
    await expect.poll(async () => (await snapshots(page)).length).toBe(2);
    const second = (await snapshots(page))[1];
    expect(second?.pid).not.toBe(first?.pid);
    expect([first?.returned, second?.returned]).toEqual([null, 7 + 9 + 11]);
    await expect.poll(async () => (await seenBy(page)).keys.length).toBe(40);
    await die();
    await expect.poll(async () => (await seenBy(page)).closed).toBe(2);
    await page.evaluate((quit) => window.postMessage(quit, location.origin), PAGE_QUIT);
    expect(await started.ended).toBe(0);
  });

  it("lets nothing in or out but the page's own files", async () => {
    const { page } = await open();
    const outcomes = await page.evaluate(async () => {
      const failed = (name: string, action: () => Promise<unknown>): Promise<string> =>
        action().then(
          () => `${name} worked`,
          () => `${name} refused`,
        );
      return Promise.all([
        failed("fetch", () => fetch("https://example.org/", { mode: "no-cors" })),
        failed("own fetch", () => fetch("/index.html")),
        // Later, not at once: what a debugger evaluates may itself evaluate.
        failed(
          "eval",
          () =>
            new Promise((resolve, reject) => {
              setTimeout(() => {
                try {
                  resolve((0, eval)("1"));
                } catch {
                  reject(new Error("refused"));
                }
              });
            }),
        ),
        failed(
          "script",
          () =>
            new Promise((resolve, reject) => {
              const script = Object.assign(document.createElement("script"), {
                src: "https://example.org/x.js",
                onload: resolve,
                onerror: reject,
              });
              document.head.append(script);
            }),
        ),
        failed(
          "geolocation",
          () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
      ]);
    });
    expect(outcomes.filter((outcome) => outcome.endsWith("worked"))).toEqual([]);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    await page.evaluate(() => void window.open("https://example.org/"));
    await expect.poll(() => page.context().pages().length).toBe(1);
    await page.evaluate(() => location.assign("https://example.org/"));
    // The page that tried to leave is still there and still joined to its host.
    await page.evaluate(() =>
      (globalThis as unknown as { seen: { send(message: unknown): void } }).seen.send("still here"),
    );
    await expect.poll(async () => JSON.stringify(await seenBy(page))).toContain('{"echo":"still here"}');
  });

  it("gives the page its fake camera, microphone and host candidates with real addresses", async () => {
    const { page } = await open();
    const found = await page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      const link = new RTCPeerConnection();
      const candidates: string[] = [];
      const done = new Promise((resolve) => {
        link.onicecandidate = ({ candidate }) =>
          candidate === null ? resolve(null) : candidates.push(candidate.candidate);
      });
      link.createDataChannel("x");
      await link.setLocalDescription();
      await done;
      return {
        tracks: stream
          .getTracks()
          .map(({ kind }) => kind)
          .sort(),
        candidates,
      };
    });
    expect(found.tracks).toEqual(["audio", "video"]);
    expect(found.candidates.length).toBeGreaterThan(0);
    expect(found.candidates.filter((candidate) => candidate.includes(".local"))).toEqual([]);
  });

  it("hands a second start's invite to the first, which goes on", async () => {
    const { page } = await open();
    const second = run("--invite", "vigil://join/#second");
    expect(await second.ended).toBe(4);
    expect(second.output()).toMatch(/already running .* it has been given the invite\.\n$/);
    await expect
      .poll(async () => (await seenBy(page)).messages.some(({ invite }) => invite === "vigil://join/#second"))
      .toBe(true);
  });

  it("gives the host the invite that it was started with", async () => {
    const { page } = await open("--invite", "vigil://join/#mine");
    await expect.poll(async () => JSON.stringify((await seenBy(page)).messages)).toContain("vigil://join/#mine");
  });

  it("says in one sentence what is wrong with its options or its profile", async () => {
    await prepare();
    const bad = run("--nonsense");
    expect(await bad.ended).toBe(2);
    expect(bad.output()).toMatch(/^Unknown option '--nonsense'.*\n$/);
    await writeFile(profile, "a file, not a folder");
    const unwritable = run();
    expect(await unwritable.ended).toBe(3);
    expect(unwritable.output()).toMatch(/^The profile folder .* cannot be written; .*\.\n$/);
  });

  it("ends with its Chromium and its host when it is killed outright", async () => {
    const { started, page } = await open();
    const [{ pid = 0 } = {}] = await snapshots(page);
    started.process.kill("SIGKILL");
    await started.ended;
    await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
    await expect
      .poll(
        () =>
          chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`, { timeout: 1000 }).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(false);

    const left = (await readdir(profile)).filter((name) => name.startsWith("chromium-"));
    expect(left).toHaveLength(1);
    const next = run();
    await expect.poll(() => next.output(), { timeout: 60_000 }).toMatch(/^VIGIL READY /m);
    expect((await readdir(profile)).filter((name) => left.includes(name))).toEqual([]);
  });
});
