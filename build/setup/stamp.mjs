// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./paths.mjs";

/** What the built parts are made from. */
const SOURCES = [
  "core",
  "electron",
  "renderer",
  "build/bundle",
  "build/browser-shims.ts",
  "build/simple-peer.ts",
  "package-lock.json",
];

/** A digest of the names, sizes and times of all sources: cheap enough to take at every start. */
export function sourceStamp() {
  const hash = createHash("sha256");
  for (const source of SOURCES) add(hash, join(root, source));
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {string} path */
function add(hash, path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory()) {
    for (const name of readdirSync(path).sort()) add(hash, join(path, name));
  } else {
    hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  }
}

const stampFile = join(dist, ".stamp");

/** @param {string} stamp */
export function isBuilt(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** @param {string} stamp */
export function rememberBuilt(stamp) {
  writeFileSync(stampFile, stamp);
}
