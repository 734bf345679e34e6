// @ts-check
import { join } from "node:path";
import { run } from "../setup/child.mjs";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { appNode, withNode } from "../setup/node.mjs";
import { root } from "../setup/paths.mjs";

/** Checks an exported meeting record and prints it in words. It needs no browser and no network once set up. @param {string[]} args */
export async function verifyRecord(args) {
  await ensureDependencies();
  const node = appNode();
  const program = join(root, "build/record/verify-record.ts");
  return (await run(node, [program, ...args], { cwd: process.cwd(), env: withNode(node) })).code;
}
