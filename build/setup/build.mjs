// @ts-check
import { join } from "node:path";
import { run } from "./child.mjs";
import { alone } from "./lock.mjs";
import { root } from "./paths.mjs";
import { Sentence, say } from "./say.mjs";
import { isBuilt, rememberBuilt, sourceStamp } from "./stamp.mjs";

/** Builds the app into dist/ if its sources have changed since the last time. @param {string} node */
export async function ensureBuilt(node) {
  if (isBuilt(sourceStamp())) return;
  await alone(async () => {
    const stamp = sourceStamp();
    if (isBuilt(stamp)) return;
    say("Building the app …");
    const { code, output } = await run(node, [join(root, "build/bundle/bundle.ts")], { cwd: root, quiet: true });
    if (code !== 0) throw new Sentence(`The app could not be built:\n${output.trim()}`);
    rememberBuilt(stamp);
  });
}
