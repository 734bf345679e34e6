// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

const ROOMS = ["build", "core", "electron", "renderer", "tests"];

/** Every tsconfig.json of the project, relative to its root: each room compiles against its own environment. */
export function tsconfigs() {
  const found = ["tsconfig.json"];
  const look = (/** @type {string} */ folder) => {
    if (existsSync(join(root, folder, "tsconfig.json"))) found.push(`${folder}/tsconfig.json`);
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== "node_modules") look(`${folder}/${entry.name}`);
    }
  };
  ROOMS.filter((room) => existsSync(join(root, room))).forEach(look);
  return found;
}
