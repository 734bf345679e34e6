// @ts-check
import { packageApp } from "./package.mjs";
import { start } from "./start.mjs";
import { test } from "./test.mjs";
import { tool } from "./tool.mjs";
import { verify } from "./verify.mjs";
import { verifyRecord } from "./verify-record.mjs";

/** @type {Readonly<Record<string, (args: string[]) => Promise<number>>>} */
export const commands = {
  start,
  test,
  verify,
  demo: (args) => tool("tests/bench/demo.ts", args),
  promises: (args) => tool("tests/promises/run.ts", args),
  bench: (args) => tool("tests/bench/bench.ts", args),
  package: packageApp,
  "verify-record": verifyRecord,
};
