// @ts-check
import { spawn } from "node:child_process";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limitMs] killed after this time
 * @property {boolean} [quiet] its output is kept and shown only if it fails
 */

/**
 * Runs a program to its end. Signals sent to this process are passed on to it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, output: string}>} 127 when it cannot be started, 124 when it took too long
 */
export function run(program, args, { cwd, env, limitMs, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      shell: process.platform === "win32" && /\.(cmd|bat)$/.test(program),
    });
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
    const ending = passSignals(child);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      ending();
      resolve({ code: late ? 124 : code, output });
    };
    child.once("error", () => finish(127));
    child.once("close", (code, signal) => finish(code ?? (signal === null ? 1 : 128)));
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function passSignals(child) {
  const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]).map((signal) => {
    // Ctrl+C reaches the child by itself; here it only must not end this process first.
    const pass = () => void (signal !== "SIGINT" && child.kill(signal));
    process.on(signal, pass);
    return () => void process.off(signal, pass);
  });
  return () => endings.forEach((end) => end());
}
