// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { memory } from "./paths.mjs";
import { Sentence, say } from "./say.mjs";

const WAIT_LIMIT_MS = 10 * 60 * 1000;

/**
 * Lets one process at a time do `work`, so that several starts in one folder do not build over each other.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function alone(work) {
  const file = join(memory, "busy");
  mkdirSync(memory, { recursive: true });
  const end = Date.now() + WAIT_LIMIT_MS;
  let told = false;
  while (!take(file)) {
    if (Date.now() > end) throw new Sentence(`Another set-up seems to hang; end it, remove ${file} and try again.`);
    if (!told) say("Waiting for another set-up in this folder …");
    told = true;
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!holderLives(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function holderLives(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    // Empty for the blink between making the file and writing it.
    if (pid === 0) return true;
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return /** @type {NodeJS.ErrnoException} */ (failure).code === "EPERM";
  }
}
