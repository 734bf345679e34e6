import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { problemCodes } from "../../../core/contract/problems.ts";

const root = path.join(import.meta.dirname, "../../..");
const senders = globSync("core/{meeting,membership,wire}/**/*.ts", { cwd: root });
const code = senders.map((file) => readFileSync(path.join(root, file), "utf8")).join("\n");

test.each(problemCodes)("somebody can be told of the problem %s", (problem) => {
  expect(code).toContain(`"${problem}"`);
});
