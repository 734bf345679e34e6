// @ts-check
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { modules } from "./paths.mjs";
import { Sentence } from "./say.mjs";

/** The packages that carry Node 24 itself, by platform and processor. */
const PACKAGES = [
  `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`,
  `node-bin-${process.platform}-${process.arch}`,
];

/** libp2p 3 needs it, and the tests run TypeScript with it directly. */
const LEAST_MAJOR = 22;

/** The Node that the app runs on: the installed package's, else this one if it is new enough. */
export function appNode() {
  const file = join("bin", process.platform === "win32" ? "node.exe" : "node");
  for (const name of PACKAGES) {
    const path = join(modules, name, file);
    if (existsSync(path)) return path;
  }
  if (major(process.versions.node) >= LEAST_MAJOR) return process.execPath;
  throw new Sentence(
    `Vigil needs Node ${LEAST_MAJOR} or newer to run on this platform (${process.platform} ${process.arch}), and this is ${process.version}; install a newer Node and try again.`,
  );
}

/** Whether this very process can run the app. */
export function isAppNode() {
  return major(process.versions.node) >= LEAST_MAJOR;
}

/** The environment for programs that look for `node` by its name. @param {string} node */
export function withNode(node) {
  const folder = join(node, "..");
  return { ...process.env, PATH: [folder, join(modules, ".bin"), process.env["PATH"] ?? ""].join(delimiter) };
}

/** @param {string} version */
function major(version) {
  return Number.parseInt(version, 10);
}
