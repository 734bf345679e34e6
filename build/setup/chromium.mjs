// @ts-check
import { accessSync, constants, existsSync, readFileSync, statSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { allowedScripts } from "./allowed-scripts.mjs";
import { run } from "./child.mjs";
import { memory, modules } from "./paths.mjs";
import { Sentence, say } from "./say.mjs";
import { installSystemPackage } from "./system-packages.mjs";

const DOWNLOAD_LIMIT_MS = 5 * 60 * 1000;
const remembered = join(memory, "chromium-path");

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
  "brave-browser",
];

/** Where browsers of Chromium's family live on each system, the plainest first. */
function usualPlaces() {
  const env = process.env;
  if (process.platform === "darwin") {
    const apps = ["Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser"];
    return apps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === "win32") {
    const folders = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]].filter(
      (folder) => folder !== undefined,
    );
    const files = [
      "Chromium\\Application\\chrome.exe",
      "Google\\Chrome\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
      "BraveSoftware\\Brave-Browser\\Application\\brave.exe",
    ];
    return files.flatMap((file) => folders.map((folder) => join(folder, file)));
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  return NAMES.flatMap((name) => [...folders, "/usr/bin", "/snap/bin"].map((folder) => join(folder, name)));
}

/** A Chromium that is installed, else null. The person's own choice comes first: VIGIL_CHROMIUM. */
export function installedChromium() {
  const chosen = process.env["VIGIL_CHROMIUM"];
  if (chosen !== undefined && chosen !== "") {
    if (isProgram(chosen)) return chosen;
    throw new Sentence(`VIGIL_CHROMIUM names ${chosen}, which is not a program that can be run.`);
  }
  const known = existsSync(remembered) ? readFileSync(remembered, "utf8") : "";
  if (known !== "" && isProgram(known)) return known;
  return usualPlaces().find(isProgram) ?? null;
}

/** A Chromium, got by whatever way works here. @param {string} node */
export async function ensureChromium(node) {
  const path = installedChromium() ?? (await fromPlaywright(node)) ?? (await fromSystem());
  if (path === null) {
    throw new Sentence(
      "No Chromium was found and none could be installed; install Chromium, Chrome, Edge or Brave, or set VIGIL_CHROMIUM to one, and try again.",
    );
  }
  return path;
}

/** @param {string} node */
async function fromPlaywright(node) {
  say("No Chromium is installed; fetching one (once) …");
  const cli = join(modules, allowedScripts["playwright-core"]?.file ?? "");
  const { code } = await run(node, [cli, "install", "chromium", "--no-shell"], {
    limitMs: DOWNLOAD_LIMIT_MS,
    quiet: true,
  });
  if (code !== 0) {
    say("That Chromium cannot be fetched here.");
    return null;
  }
  const asked = await run(node, ["-p", "require('playwright-core').chromium.executablePath()"], {
    cwd: join(modules, ".."),
    quiet: true,
  });
  const path = asked.output.trim();
  if (!isProgram(path) || !(await works(path))) return null;
  mkdirSync(memory, { recursive: true });
  writeFileSync(remembered, path);
  return path;
}

async function fromSystem() {
  if (process.platform !== "linux" || !(await installSystemPackage("chromium"))) return null;
  const path = usualPlaces().find(isProgram) ?? null;
  return path !== null && (await works(path)) ? path : null;
}

/** A downloaded browser may lack libraries of the system. @param {string} path */
async function works(path) {
  const { code } = await run(path, ["--version"], { limitMs: 30_000, quiet: true });
  if (code !== 0) say(`${path} does not run here.`);
  return code === 0;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
