// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "./child.mjs";
import { alone } from "./lock.mjs";
import { memory, modules, root } from "./paths.mjs";
import { Sentence, say } from "./say.mjs";

const stamp = join(memory, "lock-sha256");
/** What npm itself writes at the end of an installation. */
const installed = join(modules, ".package-lock.json");

/** Installs what package-lock.json names when that has not been done; no script of any package runs. */
export async function ensureDependencies() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  if (isRemembered(hash)) return;
  await alone(async () => {
    if (isRemembered(hash)) return;
    if (!alreadyInstalled(lock)) await install();
    remember(hash);
  });
}

async function install() {
  say("Installing dependencies (once, a minute or two) …");
  const args = [npmScript(), "ci", "--ignore-scripts", "--no-fund", "--no-audit"];
  const { code, output } = await run(process.execPath, args, { cwd: root, quiet: true });
  if (code === 0) return;
  rmSync(stamp, { force: true });
  throw new Sentence(`npm could not install the dependencies: ${reason(output)}`);
}

/** @param {string} hash */
function isRemembered(hash) {
  return existsSync(installed) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

/** @param {string} hash */
function remember(hash) {
  mkdirSync(memory, { recursive: true });
  writeFileSync(stamp, hash);
}

/** Whether somebody has run `npm install` or `npm ci` for this very lock file. @param {Buffer} lock */
function alreadyInstalled(lock) {
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(lock.toString()).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith("node_modules/") || link === true || optional === true || present[path]?.version === version,
  );
}

/** npm beside the Node that runs this, or the one that started this. */
function npmScript() {
  const started = process.env["npm_execpath"];
  if (started !== undefined && /npm-cli\.(c?js|mjs)$/.test(started) && existsSync(started)) return started;
  const bin = dirname(process.execPath);
  const places = [
    join(bin, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(bin, "node_modules", "npm", "bin", "npm-cli.js"),
    "/usr/share/nodejs/npm/bin/npm-cli.js",
    "/usr/share/npm/bin/npm-cli.js",
    ...(process.env["PATH"] ?? "")
      .split(delimiter)
      .map((folder) => join(folder, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js")),
  ];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Sentence("npm was not found beside Node; install Node with npm and try again.");
  return found;
}

/** @param {string} output */
function reason(output) {
  const lines = output.split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  return (
    lines
      .slice(0, 3)
      .join(" ")
      .replace(/npm (error|ERR!)\s*/g, "")
      .trim() || "it gave no reason."
  );
}
