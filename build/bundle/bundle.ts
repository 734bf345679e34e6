import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { targets } from "./targets.ts";

// Builds every part into dist/, or those named on the command line: always the same, whoever asks. A test that has parts built would
// otherwise get, and leave behind for the next start, a page with React's slow development build.
process.env["NODE_ENV"] = "production";
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const wanted = process.argv.slice(2);
for (const target of targets(root)) {
  if (wanted.length === 0 || wanted.includes(target.name)) await build(target.config);
}
