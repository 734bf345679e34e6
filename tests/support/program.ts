import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { processTree } from "./process-tree.ts";

const KEPT_OUTPUT_CHARACTERS = 64 * 1024;
const STOP_LIMIT_MS = 8_000;

/** What runs at this moment: nothing that a test started outlives the test's own process. */
const started = new Set<Program>();
process.once("exit", () => {
  for (const program of started) killTree(program.pid);
});
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  // Whoever listens for it too ends in its own way. Without a listener a second signal would end the ending.
  process.on(name, () => process.listenerCount(name) === 1 && process.exit(code));
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A program that a test started, in a process group of its own, with the end of its output kept for failure messages. */
export class Program {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = "";
  #code: number | null | undefined;
  #listeners = new Set<() => void>();

  constructor(command: string, parameters: readonly string[], options: ProgramOptions = {}) {
    this.#child = spawn(command, parameters, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (failure) => this.#finish(null, `${failure.message}\n`, resolve));
      this.#child.once("exit", (code) => this.#finish(code, "", resolve));
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    }
    this.pid = this.#child.pid ?? -1;
    started.add(this);
  }

  /** The last 64 Ki characters of what it said on both of its outputs. */
  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#code === undefined;
  }

  /** The exit code; null when a signal ended it or it could not be started. */
  exited(): Promise<number | null> {
    return this.#ended;
  }

  /** Waits until the output matches. Rejects, with the output, when the program ends or `limitMs` pass before that. */
  async waitFor(pattern: RegExp, limitMs: number): Promise<RegExpExecArray> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) return match;
      if (!this.running) throw new Error(`the program ended before it said ${pattern}:\n${this.#output}`);
      if (performance.now() > deadline) throw new Error(`no ${pattern} within ${limitMs} ms:\n${this.#output}`);
      await this.#change(deadline);
    }
  }

  /**
   * Asks it to end, as a user's system does; what is left of it and its descendants after a time limit is killed.
   * `asked` is the process that gets the signal, where the program only wraps it.
   */
  async stop(asked = this.pid): Promise<void> {
    const tree = processTree(this.pid).map(({ pid }) => pid);
    if (this.running) signal(asked, "SIGTERM");
    const limit = AbortSignal.timeout(STOP_LIMIT_MS);
    await Promise.race([this.#ended, once(limit, "abort")]);
    killAll([this.pid, ...tree]);
  }

  /** Ends it and every descendant at once, without a word, as a power cut would. */
  async kill(): Promise<void> {
    killTree(this.pid);
    await this.#ended;
  }

  #take(text: string): void {
    this.#output = (this.#output + text).slice(-KEPT_OUTPUT_CHARACTERS);
    for (const listener of [...this.#listeners]) listener();
  }

  #finish(code: number | null, words: string, resolve: (code: number | null) => void): void {
    this.#code = code;
    started.delete(this);
    this.#take(words);
    resolve(code);
  }

  async #change(deadline: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, deadline - performance.now()) + 1);
      this.#listeners.add(done);
    });
  }
}

function killTree(root: number): void {
  killAll([root, ...processTree(root).map(({ pid }) => pid)]);
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) signal(pid, "SIGKILL");
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {
    // It has ended already, which is what is wanted.
  }
}

/** A TCP port of the loopback interface that nothing used a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  server.close();
  await once(server, "close");
  return port;
}
