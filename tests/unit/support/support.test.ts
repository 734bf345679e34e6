import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { quantile } from "../../bench/quantile.ts";
import { processFactsAvailable, processorSeconds, processTree, residentBytes } from "../../support/process-tree.ts";
import { freePort, Program } from "../../support/program.ts";
import { drawFrame, writeMovingPicture } from "../../support/y4m.ts";

const picture = { width: 32, height: 16, framesPerSecond: 4, seconds: 1, seed: 3 };

test("a moving picture is a whole YUV4MPEG2 file whose frames differ, and whose seeds differ", () => {
  const folder = mkdtempSync(join(tmpdir(), "vigil-y4m-"));
  const path = join(folder, "picture.y4m");
  writeMovingPicture(path, picture);
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  const header = "YUV4MPEG2 W32 H16 F4:1 Ip A1:1 C420jpeg\n";
  expect(bytes.subarray(0, header.length).toString()).toBe(header);
  expect(bytes.length).toBe(header.length + 4 * ("FRAME\n".length + (32 * 16 * 3) / 2));
  expect(drawFrame(picture, 0, 0)).not.toEqual(drawFrame(picture, 0.25, 1));
  expect(drawFrame(picture, 0, 0)).not.toEqual(drawFrame({ ...picture, seed: 4 }, 0, 0));
  expect(drawFrame(picture, 0, 0)).toEqual(drawFrame(picture, 0, 0));
});

test("quantiles are values that occurred", () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 0.95)).toBe(3);
  expect(quantile([3, 1, 2], 0)).toBe(1);
  expect(quantile([], 0.5)).toBeNull();
});

test.skipIf(!processFactsAvailable)(
  "the tree of a program holds its children, and stopping it leaves none",
  async () => {
    const script =
      "require('child_process').spawn('sleep',['60']); console.log('up'); process.on('SIGTERM',()=>{}); setInterval(()=>{for(let i=0;i<1e7;i++);},1)";
    const program = new Program(process.execPath, ["-e", script]);
    await program.waitFor(/up/, 10_000);
    const tree = processTree(program.pid);
    expect(tree.map(({ commandLine }) => commandLine[0])).toContain("sleep");
    expect(residentBytes(program.pid)).toBeGreaterThan(1024 * 1024);
    const first = processorSeconds(program.pid);
    await expect.poll(() => processorSeconds(program.pid)).toBeGreaterThan(first);
    await program.kill();
    await expect.poll(() => tree.flatMap(({ pid }) => processTree(pid))).toEqual([]);
  },
);

test.skipIf(!processFactsAvailable)(
  "a process that is told to end twice leaves nothing that it started, though the second word comes while it ends",
  async () => {
    const module = new URL("../../support/program.ts", import.meta.url).href;
    const script = `process.on("exit", () => process.kill(process.pid, "SIGTERM"));
      const { Program } = await import("${module}");
      const { pid } = new Program("sleep", ["60"]);
      console.log("up " + pid);
      setTimeout(() => undefined, 60_000);`;
    const program = new Program(process.execPath, ["--input-type=module", "-e", script]);
    const [, pid] = await program.waitFor(/up (\d+)/, 10_000);
    process.kill(program.pid, "SIGTERM");
    expect(await program.exited()).toBe(143);
    await expect.poll(() => processTree(Number(pid))).toEqual([]);
  },
);

test("waiting for words ends when the program does, and tells what it said", async () => {
  const program = new Program(process.execPath, ["-e", "console.log('a clear sentence'); process.exit(3)"]);
  await expect(program.waitFor(/never/, 10_000)).rejects.toThrow("a clear sentence");
  expect(await program.exited()).toBe(3);
});

test("a program that does not exist says so instead of hanging", async () => {
  const program = new Program("/no/such/program", []);
  await expect(program.waitFor(/never/, 10_000)).rejects.toThrow("ENOENT");
});

test("a free port is one that can be used", async () => {
  expect(await freePort()).toBeGreaterThan(1023);
});
