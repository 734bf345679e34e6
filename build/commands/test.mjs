// @ts-check
import { mkdtempSync, existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../setup/child.mjs";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { prepareTools } from "./tool.mjs";
import { verifyAll } from "./verify.mjs";

/** @typedef {{passed: number, failed: number, skipped: {name: string, reason: string}[]}} Tally */

/**
 * Every test that must pass, then every check. With arguments: only the tests that they name.
 * The last line says how it went; each failed check counts as one failure.
 * @param {string[]} args
 */
export async function test(args) {
  const tools = await prepareTools();
  const folder = mkdtempSync(join(tmpdir(), "vigil-test-"));
  try {
    const parts = await runProject("parts", args, folder, tools);
    // Whole clients wait for each other much of the time; the checks use what they leave.
    const checks = args.length === 0 ? verifyAll(tools, { behind: true }) : Promise.resolve([]);
    const whole = await runProject("whole", ["--no-file-parallelism", ...args], folder, tools);
    const broken = await checks;
    return summary([parts, whole], broken);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} project @param {string[]} args @param {string} folder
 * @param {{node: string, env: NodeJS.ProcessEnv}} tools @returns {Promise<Tally>}
 */
async function runProject(project, args, folder, { node, env }) {
  const file = join(folder, `${project}.json`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", `--reporter=${join(root, "build/test/tally.ts")}`];
  const { code } = await run(node, [vitest, "run", "--project", project, "--passWithNoTests", ...reporters, ...args], {
    cwd: root,
    env: { ...env, VIGIL_TALLY: file },
  });
  /** @type {Tally} */
  const tally = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 0, skipped: [] };
  // A run that broke off before it could count is a failure too.
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** @param {Tally[]} tallies @param {readonly string[]} broken */
function summary(tallies, broken) {
  const skipped = tallies.flatMap((tally) => tally.skipped);
  for (const { name, reason } of skipped) say(`skipped: ${name} (${reason})`);
  for (const check of broken) say(`failed check: ${check}`);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, broken.length);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  return failed === 0 ? 0 : 1;
}
