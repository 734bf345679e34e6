// @ts-check
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HELP } from "./help.mjs";
import { ensureBuilt } from "../setup/build.mjs";
import { ensureChromium } from "../setup/chromium.mjs";
import { run } from "../setup/child.mjs";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { ensureElectron } from "../setup/electron.mjs";
import { appNode, isAppNode, withNode } from "../setup/node.mjs";
import { dist, memory, root } from "../setup/paths.mjs";
import { Sentence } from "../setup/say.mjs";

/** Opens the app: in Electron where its binary can be had, else in a Chromium window. @param {string[]} args */
export async function start(args) {
  if (args.includes("--help")) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  await ensureDependencies();
  const node = appNode();
  const window = chosenWindow(args);
  const electron = window === "chromium" ? null : await ensureElectron(node, { insist: window === "electron" });
  if (window === "electron" && electron === null) {
    throw new Sentence("Electron's binary is not here and could not be fetched; start with --window chromium instead.");
  }
  const chromium = electron === null ? await ensureChromium(node) : "";
  await ensureBuilt(node);
  if (electron !== null) return electronWindow(electron, args);
  if (!isAppNode())
    return (await run(node, [join(root, "build/run.mjs"), "start", ...args], { env: withNode(node) })).code;
  return chromiumWindow(args, chromium);
}

/** @param {string} electron @param {string[]} args */
async function electronWindow(electron, args) {
  // Chromium refuses its sandbox to root, who must know what they do.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return (await run(electron, [...sandbox, root, ...args], { cwd: root })).code;
}

/** In this very process: another Node would cost a tenth of a second and 40 MiB. @param {string[]} args @param {string} executable */
async function chromiumWindow(args, executable) {
  // With these set, playwright writes every message to the page and its workers to a log: the keys of the call among them.
  for (const name of ["DEBUG", "DEBUG_FILE", "PWDEBUG"]) delete process.env[name];
  // An invite on the command line would stand in the list of processes for as long as the call lasts.
  process.title = "vigil";
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.(join(memory, "compile-cache"));
  // The host, which is forked, keeps its compiled code there too.
  process.env["NODE_COMPILE_CACHE"] ??= join(memory, "compile-cache");
  /** @type {{main(args: string[], surroundings: {executable: string, dist: string}): Promise<number>}} */
  const { main } = await import(pathToFileURL(join(dist, "chromium", "main.js")).href);
  return main(args, { executable, dist });
}

/** @param {string[]} args */
function chosenWindow(args) {
  const at = args.lastIndexOf("--window");
  const joined = args.findLast((arg) => arg.startsWith("--window="));
  return joined?.slice("--window=".length) ?? (at === -1 ? null : args[at + 1]) ?? null;
}
