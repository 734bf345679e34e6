import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { targets } from "./targets.ts";

// Builds every part into dist/, or those named on the command line.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const wanted = process.argv.slice(2);
for (const target of targets(root)) {
  if (wanted.length === 0 || wanted.includes(target.name)) await build(target.config);
}
