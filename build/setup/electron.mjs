// @ts-check
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allowedScripts } from "./allowed-scripts.mjs";
import { run } from "./child.mjs";
import { memory, modules } from "./paths.mjs";
import { say } from "./say.mjs";

const LIMIT_MS = 4 * 60 * 1000;
/** A download that failed is not tried again at every start. */
const REST_MS = 24 * 60 * 60 * 1000;
const failed = join(memory, "electron-failed");

/** Electron's binary if it is there, else null. */
export function installedElectron() {
  const folder = join(modules, "electron");
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return null;
  const binary = join(
    process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(folder, "dist"),
    readFileSync(pathFile, "utf8"),
  );
  return existsSync(binary) ? binary : null;
}

/**
 * Electron's binary, fetched if it is not there. Null when it cannot be had.
 * @param {string} node @param {{insist: boolean}} how `insist`: try although it failed a short while ago
 */
export async function ensureElectron(node, { insist }) {
  const present = installedElectron();
  if (present !== null) return present;
  if (!insist && failedLately()) return null;
  say("Fetching Electron (once; up to four minutes) …");
  const { code } = await run(node, [join(modules, allowedScripts["electron"]?.file ?? "")], {
    limitMs: LIMIT_MS,
    quiet: true,
  });
  const fetched = code === 0 ? installedElectron() : null;
  if (fetched === null) {
    say("Electron's binary cannot be fetched here.");
    mkdirSync(memory, { recursive: true });
    writeFileSync(failed, "");
  }
  return fetched;
}

function failedLately() {
  const found = statSync(failed, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < REST_MS;
}
