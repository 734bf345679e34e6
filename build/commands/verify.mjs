// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../setup/child.mjs";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { appNode, withNode } from "../setup/node.mjs";
import { modules, root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { tsconfigs } from "../setup/tsconfig-list.mjs";

/** What is checked at a time, so that two cores are used and memory is not short. */
const AT_A_TIME = 2;

/** @typedef {{readonly name: string, readonly args: readonly string[]}} Check */

/** @returns {readonly Check[]} */
function checks() {
  const bin = (/** @type {string} */ path) => join(modules, path);
  const rooms = ["core", "electron", "renderer", "build", "tests"].filter((room) => existsSync(join(root, room)));
  return [
    { name: "lint", args: [bin("eslint/bin/eslint.js"), "--max-warnings=0", "."] },
    ...tsconfigs().map((file) => ({ name: `types ${file}`, args: [bin("typescript/bin/tsc"), "-p", file] })),
    {
      name: "layers and cycles",
      args: [bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.mjs", ...rooms],
    },
    {
      name: "dead code and unused dependencies",
      args: [bin("knip/bin/knip.js"), "--no-progress", "--no-config-hints"],
    },
    { name: "format", args: [bin("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", "."] },
  ];
}

/** Types, lint, layers, cycles, dead code and format; all of them run, whatever fails. */
export async function verify() {
  await ensureDependencies();
  const node = appNode();
  const broken = await verifyAll({ node, env: withNode(node) });
  return broken.length === 0 ? 0 : 1;
}

/**
 * Runs every check and tells how each went. Gives the names of those that failed.
 * @param {{node: string, env: NodeJS.ProcessEnv}} tools
 * @param {{behind?: boolean}} [options] `behind`: in the time that nothing else wants
 * @returns {Promise<string[]>}
 */
export async function verifyAll({ node, env }, { behind = false } = {}) {
  const waiting = [...checks()];
  /** @type {string[]} */
  const broken = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { code, output } = await run(node, check.args, { cwd: root, env, quiet: true, behind });
      say(`${code === 0 ? "ok    " : "FAILED"} ${check.name}`);
      if (code === 0) continue;
      broken.push(check.name);
      say(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return broken;
}
