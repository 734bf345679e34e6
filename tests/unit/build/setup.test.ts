import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../../build/setup/child.mjs";
import { installedChromium } from "../../../build/setup/chromium.mjs";
import { alone } from "../../../build/setup/lock.mjs";
import { appNode } from "../../../build/setup/node.mjs";
import { tsconfigs } from "../../../build/setup/tsconfig-list.mjs";

const root = join(import.meta.dirname, "../../..");
let folder = "";
const chosen = process.env["VIGIL_CHROMIUM"];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-setup-"));
});
afterEach(async () => {
  if (chosen === undefined) delete process.env["VIGIL_CHROMIUM"];
  else process.env["VIGIL_CHROMIUM"] = chosen;
  await rm(folder, { recursive: true, force: true });
});

describe("running a program", () => {
  it("gives its exit code and, when quiet, what it said", async () => {
    expect(await run(process.execPath, ["-e", "console.log('said'); process.exit(3)"], { quiet: true })).toEqual({
      code: 3,
      output: "said\n",
    });
    expect((await run(join(folder, "absent"), [], { quiet: true })).code).toBe(127);
  });

  it("lets one stand back behind everything else", async () => {
    // It may look before it was told.
    const look =
      "const { getPriority } = require('os'); setInterval(() => getPriority() === 19 && process.exit(7), 10)";
    expect((await run(process.execPath, ["-e", look], { quiet: true, behind: true, limitMs: 20_000 })).code).toBe(7);
  });

  it.skipIf(process.platform === "win32")("begins with nothing more once it was told to end", async () => {
    const child = JSON.stringify(["-e", "process.stdout.write('up'); setInterval(() => {}, 1000)"]);
    const module = JSON.stringify(join(root, "build/setup/child.mjs"));
    const script = `const { run } = await import(${module}); await run(process.execPath, ${child}); console.log("next");`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script]);
    let said = "";
    parent.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said === "up") parent.kill("SIGTERM");
    });
    const [code] = (await once(parent, "close")) as [number | null];
    expect({ code, said }).toEqual({ code: 143, said: "up" });
  });

  it("ends one that takes too long", async () => {
    const forever = ["-e", "setInterval(() => {}, 1000)"];
    expect((await run(process.execPath, forever, { quiet: true, limitMs: 50 })).code).toBe(124);
  });
});

describe("the Chromium to use", () => {
  it("is the person's choice, if it can be run", async () => {
    process.env["VIGIL_CHROMIUM"] = process.execPath;
    expect(installedChromium()).toBe(process.execPath);
    const plain = join(folder, "plain");
    await writeFile(plain, "no program", { mode: 0o600 });
    for (const wrong of [plain, join(folder, "absent"), folder]) {
      process.env["VIGIL_CHROMIUM"] = wrong;
      expect(() => installedChromium(), wrong).toThrow(
        /^VIGIL_CHROMIUM names .*, which is not a program that can be run\.$/,
      );
    }
  });
});

describe("set-up", () => {
  it("is done by one process at a time", async () => {
    const order: string[] = [];
    let letFirstEnd: () => void = () => undefined;
    const first = alone(async () => {
      order.push("first begins");
      await new Promise<void>((resolve) => (letFirstEnd = resolve));
      order.push("first ends");
    });
    const second = alone(() => {
      order.push("second");
      return Promise.resolve();
    });
    await expect.poll(() => order).toEqual(["first begins"]);
    letFirstEnd();
    await Promise.all([first, second]);
    expect(order).toEqual(["first begins", "first ends", "second"]);
  });

  it("finds a Node that is new enough", async () => {
    const { output } = await run(appNode(), ["--version"], { quiet: true });
    expect(Number(output.slice(1, 3))).toBeGreaterThanOrEqual(22);
  });

  it("checks the types of every room", () => {
    expect(tsconfigs()).toEqual(
      expect.arrayContaining([
        "tsconfig.json",
        "electron/tsconfig.json",
        "electron/preload/tsconfig.json",
        "electron/chromium/in-page/tsconfig.json",
        "renderer/tsconfig.json",
        "tests/tsconfig.json",
        "build/tsconfig.json",
      ]),
    );
  });

  it("lets no dependency run code while it is installed", () => {
    expect(readFileSync(join(root, ".npmrc"), "utf8")).toMatch(/^ignore-scripts=true$/m);
    expect(readFileSync(join(root, "build/setup/dependencies.mjs"), "utf8")).toContain('"--ignore-scripts"');
  });
});
