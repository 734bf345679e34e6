// @ts-check
import { join } from "node:path";
import { ensureBuilt } from "../setup/build.mjs";
import { ensureChromium } from "../setup/chromium.mjs";
import { run } from "../setup/child.mjs";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { appNode, withNode } from "../setup/node.mjs";
import { root } from "../setup/paths.mjs";

/** Everything that tests and measurements of the app need. Gives the Node to run them with and their environment. */
export async function prepareTools() {
  await ensureDependencies();
  const node = appNode();
  const chromium = await ensureChromium(node);
  await ensureBuilt(node);
  return { node, env: { ...withNode(node), VIGIL_CHROMIUM: chromium } };
}

/** Runs one of the project's own programs in TypeScript. @param {string} file @param {string[]} args */
export async function tool(file, args) {
  const { node, env } = await prepareTools();
  return (await run(node, [join(root, file), ...args], { cwd: process.cwd(), env })).code;
}
