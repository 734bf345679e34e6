import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge, lineOf } from "./promises.ts";
import { proofsOf, type VitestReport } from "./vitest-report.ts";

const root = join(import.meta.dirname, "..", "..");

/** `npm run promises`: runs the proofs of every promise and prints a line each; exit code 1 when any promise is broken. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: "string" } } });
  const reports = judge(proofsOf(await runProofs()));
  for (const report of reports) console.log(lineOf(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  return reports.some(({ state }) => state === "broken") ? 1 : 0;
}

/** Runs vitest on this folder, its progress on the error output so that the lines above stand alone. */
async function runProofs(): Promise<VitestReport> {
  const folder = mkdtempSync(join(tmpdir(), "vigil-promises-"));
  const outputFile = join(folder, "report.json");
  const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "..", "vitest.mjs");
  // One file at a time: proofs with real clients must not starve each other.
  const words = [vitest, "run", "tests/promises", "--reporter=default", "--reporter=json", "--no-file-parallelism"];
  try {
    const child = spawn(process.execPath, [...words, `--outputFile.json=${outputFile}`], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    await once(child, "exit");
    return JSON.parse(readFileSync(outputFile, "utf8")) as VitestReport;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
