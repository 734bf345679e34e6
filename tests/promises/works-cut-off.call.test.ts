import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeCutOffNetwork } from "../support/namespaces.ts";
import { Program } from "../support/program.ts";

const LIMIT_MS = 150_000;
const member = join(import.meta.dirname, "cut-off", "member.ts");
const network = makeCutOffNetwork();
const programs: Program[] = [];

afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  network?.remove();
});

test.skipIf(network === null)(
  "two clients on a network of two, with no route to anywhere, meet by the invite and see and hear each other (needs root and iproute2)",
  async () => {
    const ana = start(0, ["Ana", "Ben"]);
    const [, invite = ""] = await ana.waitFor(/^INVITE (\S+)$/m, LIMIT_MS);
    const ben = start(1, ["Ben", "Ana", invite]);
    const [anasCode, bensCode] = await Promise.all([ana, ben].map(codeOf));
    expect(anasCode).toMatch(/^\d{30}$/);
    expect(bensCode).toBe(anasCode);
  },
  2 * LIMIT_MS,
);

function start(end: 0 | 1, words: readonly string[]): Program {
  const [command = "", ...before] = network?.ends[end] ?? [];
  const program = new Program(command, [...before, process.execPath, member, ...words]);
  programs.push(program);
  return program;
}

async function codeOf(program: Program): Promise<string> {
  const [, code = ""] = await program.waitFor(/^CALL (\d*)$/m, LIMIT_MS);
  return code;
}
