// @ts-check
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, "node_modules");
export const dist = join(root, "dist");
/** What set-up remembers: stamps, a lock, failures not to be repeated at once. Beside node_modules, which `npm ci` empties. */
export const memory = join(root, ".vigil");
