// @ts-check
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limitMs] killed after this time
 * @property {boolean} [quiet] its output is kept and shown only if it fails
 * @property {boolean} [behind] it gets the time that nothing else wants
 */

/**
 * Runs a program to its end. Signals sent to this process are passed on to it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, output: string}>} 127 when it cannot be started, 124 when it took too long
 */
export function run(program, args, { cwd, env, limitMs, quiet = false, behind = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      // In a session of its own, since Linux shares time between sessions before it looks at priorities.
      detached: behind,
      shell: process.platform === "win32" && /\.(cmd|bat)$/.test(program),
    });
    if (behind && child.pid !== undefined) standBack(child.pid);
    let output = "";
    let late = false;
    const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill("SIGKILL");
          }, limitMs);
    const ending = passSignals(child, { interrupts: behind });
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      const stoppedBy = ending();
      // What was to come after it is not wanted any more.
      if (stoppedBy !== null && code !== 0) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ code: late ? 124 : code, output });
    };
    child.once("error", () => finish(127));
    child.once("close", (code, signal) => finish(code ?? (signal === null ? 1 : 128)));
  });
}

/** @param {number} pid */
function standBack(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW));
  } catch {
    // It ended at once, or this system has no groups; then it takes its turn like the rest.
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {{interrupts: boolean}} options whether Ctrl+C, too, must be passed on
 * @returns {() => NodeJS.Signals | null} ends it and says which signal came last
 */
function passSignals(child, { interrupts }) {
  /** @type {NodeJS.Signals | null} */
  let passed = null;
  const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]).map((signal) => {
    // Ctrl+C reaches a child of this session by itself; here it only must not end this process first.
    const pass = () => {
      passed = signal;
      if (signal !== "SIGINT" || interrupts) child.kill(signal);
    };
    process.on(signal, pass);
    return () => void process.off(signal, pass);
  });
  return () => {
    endings.forEach((end) => end());
    return passed;
  };
}
