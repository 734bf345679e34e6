import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { freePort, Program } from "./program.ts";
import { processTree } from "./process-tree.ts";

export const repositoryRoot = join(import.meta.dirname, "..", "..");

const READY_LIMIT_MS = 90_000;
/** Several clients share two cores here, so a step on the screen may take a while; it is a limit, not an expectation. */
export const STEP_LIMIT_MS = 30_000;

export interface ClientOptions {
  readonly name: string;
  /** A y4m file for the fake camera; Chromium's own test picture without it or with null. */
  readonly video?: string | null;
  /** A profile folder that outlives the client; a fresh one, removed at the end, without it. */
  readonly profile?: string;
  /** More of `npm start`'s options. */
  readonly more?: readonly string[];
  /** A command that runs the client inside it, such as `["strace", "-f"]`. */
  readonly inside?: readonly string[];
  /** False gives it neither a fake camera nor a fake microphone. */
  readonly fakeMedia?: boolean;
  /** Through npm itself, as a user types it, not by the program that npm runs. */
  readonly viaNpm?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What `npm start` says when the window is usable. */
export interface ReadyLine {
  readonly window: string;
  readonly pid: number;
  readonly debugPort: number | null;
}

/**
 * A full client, started with `npm start`'s own program and driven only by the names on its screens:
 * a host process and a Chromium of its own.
 */
export class Client {
  readonly name: string;
  readonly page: Page;
  readonly ready: ReadyLine;
  /** From starting the command to its ready line. */
  readonly startMs: number;
  readonly #program: Program;
  readonly #browser: Browser;
  readonly #temporary: string | null;

  private constructor(parts: ClientParts) {
    this.name = parts.name;
    this.page = parts.page;
    this.ready = parts.ready;
    this.startMs = parts.startMs;
    this.#program = parts.program;
    this.#browser = parts.browser;
    this.#temporary = parts.temporary;
  }

  /** Starts a client and waits until its window is usable. Rejects, with what the client said, when it does not come up. */
  static async start(options: ClientOptions): Promise<Client> {
    const debugPort = await freePort();
    const temporary = options.profile === undefined ? mkdtempSync(join(tmpdir(), "vigil-profile-")) : null;
    const began = performance.now();
    const program = startProgram({ ...options, profile: options.profile ?? temporary ?? "", debugPort });
    try {
      const [, json] = await program.waitFor(/^VIGIL READY (\{.*\})$/m, READY_LIMIT_MS);
      const startMs = performance.now() - began;
      const ready = JSON.parse(json ?? "") as ReadyLine;
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`);
      const page = await appPage(browser);
      page.setDefaultTimeout(STEP_LIMIT_MS);
      return new Client({ name: options.name, page, ready, startMs, program, browser, temporary });
    } catch (failure) {
      await program.stop();
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
      throw new Error(`${options.name} did not start`, { cause: failure });
    }
  }

  /** The command's own process: the root of all processes of this client. */
  get pid(): number {
    return this.#program.pid;
  }

  /** The host process; the ready line's where the system does not tell. */
  get hostPid(): number {
    const host = processTree(this.pid).find(({ commandLine }) =>
      commandLine.some((word) => /dist[\\/]host[\\/]/.test(word)),
    );
    return host?.pid ?? this.ready.pid;
  }

  /** Every process of its Chromium. */
  get browserPids(): number[] {
    const isBrowser = (word: string | undefined): boolean => /chrom|msedge|brave/i.test(word ?? "");
    return processTree(this.pid)
      .filter(({ commandLine }) => isBrowser(commandLine[0]))
      .map(({ pid }) => pid);
  }

  /** What the client has said on its outputs, the last of it. */
  get output(): string {
    return this.#program.output;
  }

  get running(): boolean {
    return this.#program.running;
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  tile(member: string): Locator {
    return this.page.getByRole("figure", { name: member, exact: true });
  }

  /** Types this client's name and asks for a meeting; ends before entering. */
  async prepareMeeting(): Promise<void> {
    await this.page.getByRole("textbox", { name: "Your name" }).fill(this.name);
    await this.button("Start a meeting").click();
    await this.button("Enter meeting").waitFor();
  }

  /** Types this client's name and the invite, and asks to join; ends before entering. */
  async openInvite(invite: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Your name" }).fill(this.name);
    await this.page.getByRole("textbox", { name: "Invite link" }).fill(invite);
    await this.button("Join").click();
    await this.button("Enter meeting").waitFor();
  }

  /** Presses `Enter meeting` and waits for the call's screen. */
  async enter(): Promise<void> {
    await this.button("Enter meeting").click();
    await this.button("Leave").waitFor();
  }

  /** The link in the invite dialog, which is closed again afterwards. */
  async inviteLink(): Promise<string> {
    await this.button("Invite").click();
    const link = this.page.getByRole("dialog").getByRole("textbox", { name: "Invite link" });
    await this.until("an invite link", async () => (await link.inputValue()).startsWith("vigil://join/#"));
    const text = await link.inputValue();
    await this.page.keyboard.press("Escape");
    await link.waitFor({ state: "detached" });
    return text;
  }

  /** The 30 digits on the screen, without spaces; empty when none are shown. */
  async meetingCode(): Promise<string> {
    const shown = this.page.getByLabel("Meeting code", { exact: true }).first();
    const text = (await shown.count()) === 0 ? "" : ((await shown.textContent()) ?? "");
    return text.replace(/\D/g, "");
  }

  /** Names in the list of participants, in its order. */
  async participants(): Promise<string[]> {
    const list = this.page.getByRole("list", { name: "Participants", exact: true });
    const items = await list.getByRole("listitem").all();
    return Promise.all(items.map(async (item) => (await item.getAttribute("aria-label")) ?? (await item.innerText())));
  }

  async sendChat(text: string): Promise<void> {
    const box = this.page.getByRole("textbox", { name: "Message" });
    if (!(await box.isVisible())) await this.button("Chat").click();
    await box.fill(text);
    await this.button("Send").click();
  }

  /** Leaves the meeting and goes back to the home screen. */
  async leave(): Promise<void> {
    await this.button("Leave").click();
    await this.button("Back to the start").click();
    await this.button("Start a meeting").waitFor();
  }

  /** Waits until `condition` holds; the failure names this client and what was waited for. */
  async until(what: string, condition: () => Promise<boolean>, limitMs = STEP_LIMIT_MS): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`${this.name}: ${what} did not come within ${limitMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends the client as a user's system does, and tidies up. */
  async stop(): Promise<void> {
    await this.#end(() => this.#program.stop(this.ready.pid));
  }

  /** Ends every process of the client at once, without a word to anybody. */
  async kill(): Promise<void> {
    await this.#end(() => this.#program.kill());
  }

  async #end(ending: () => Promise<void>): Promise<void> {
    await ending();
    await this.#browser.close().catch(() => undefined);
    if (this.#temporary !== null) rmSync(this.#temporary, { recursive: true, force: true });
  }
}

interface ClientParts {
  readonly name: string;
  readonly page: Page;
  readonly ready: ReadyLine;
  readonly startMs: number;
  readonly program: Program;
  readonly browser: Browser;
  readonly temporary: string | null;
}

/** Starts the command without waiting for its window, for clients that are expected to refuse. */
export function startProgram(options: ClientOptions & { profile: string; debugPort: number }): Program {
  const media = typeof options.video !== "string" ? "--fake-media" : `--fake-media=${options.video}`;
  const command = [process.execPath, join(repositoryRoot, "build", "run.mjs"), "start"];
  const line = [
    ...(options.inside ?? []),
    ...(options.viaNpm === true ? ["npm", "start", "--"] : command),
    ...["--window", "chromium", "--headless"],
    ...(options.fakeMedia === false ? [] : [media]),
    ...["--debug-port", String(options.debugPort), "--profile", options.profile],
    ...(options.more ?? []),
  ];
  const environment = options.environment ?? {};
  return new Program(line[0] ?? "", line.slice(1), { cwd: repositoryRoot, environment });
}

/** The app's page among those of the browser; the window may have an empty one beside it. */
async function appPage(browser: Browser): Promise<Page> {
  const deadline = performance.now() + STEP_LIMIT_MS;
  for (;;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((candidate) => candidate.url().startsWith("https://"));
    if (page !== undefined) return page;
    if (performance.now() > deadline) throw new Error("the browser shows no page of the app");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
