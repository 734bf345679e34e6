import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ICruiseResult, cruise } from "dependency-cruiser";
import { afterEach, describe, expect, it } from "vitest";
import { forbidden } from "../../../build/rules/layers.mjs";

const root = join(import.meta.dirname, "../../..");
let house = "";

afterEach(() => rm(house, { recursive: true, force: true }));

/** The names of the rules that a house of these files breaks. */
async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
  house = await mkdtemp(join(tmpdir(), "vigil-house-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  }
  await symlink(join(root, "node_modules"), join(house, "node_modules"));
  const { output } = await cruise([...new Set(Object.keys(files).map((path) => path.split("/", 1)[0] ?? ""))], {
    baseDir: house,
    validate: true,
    ruleSet: { forbidden },
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))].sort();
}

const leaf = "export const leaf = 1;\n";
const using = (path: string): string => `import { leaf } from "${path}";\nexport const here = leaf;\n`;

describe("the layer rules", () => {
  it("are kept by a house that is built after the plan", async () => {
    expect(
      await broken({
        "core/base/leaf.ts": leaf,
        "core/wire/codec.ts": using("../base/leaf.ts"),
        "core/meeting/step.ts": `import { here } from "../wire/codec.ts";\nexport const leaf = here;\n`,
        "electron/host/host.ts": using("../../core/meeting/step.ts"),
        "renderer/app/root.ts": using("../../core/base/leaf.ts"),
        "tests/unit/x.ts": using("../../core/meeting/step.ts"),
      }),
    ).toEqual([]);
  });

  it.each([
    ["layer core/base", "core/base/a.ts", "../wire/leaf.ts", "core/wire/leaf.ts"],
    ["layer core/meeting", "core/meeting/a.ts", "../mesh/leaf.ts", "core/mesh/leaf.ts"],
    ["layer core/keys", "core/keys/a.ts", "../membership/leaf.ts", "core/membership/leaf.ts"],
    ["layer core/contract", "core/contract/a.ts", "../crypto/leaf.ts", "core/crypto/leaf.ts"],
    ["layer core/mesh", "core/mesh/a.ts", "../../electron/host/leaf.ts", "electron/host/leaf.ts"],
    ["layer electron/main", "electron/main/a.ts", "../../core/meeting/leaf.ts", "core/meeting/leaf.ts"],
    ["layer electron/chromium", "electron/chromium/a.ts", "../host/host.ts", "electron/host/host.ts"],
    ["layer renderer/features", "renderer/features/a.ts", "../rtc/engine.ts", "renderer/rtc/engine.ts"],
    ["layer renderer/ui", "renderer/ui/a.ts", "../bridge/leaf.ts", "renderer/bridge/leaf.ts"],
    ["layer renderer/frames", "renderer/frames/a.ts", "../rtc/leaf.ts", "renderer/rtc/leaf.ts"],
    ["product does not know its tests", "core/base/a.ts", "../../tests/leaf.ts", "tests/leaf.ts"],
  ])("see a breach of %s", async (rule, from, path, to) => {
    expect(await broken({ [from]: using(path), [to]: leaf })).toContain(rule);
  });

  it("see a cycle, also one of types", async () => {
    const a = `import type { B } from "./b.ts";\nexport type A = B | 1;\n`;
    const b = `import type { A } from "./a.ts";\nexport type B = A | 2;\n`;
    expect(await broken({ "core/base/a.ts": a, "core/base/b.ts": b })).toEqual(["no cycles"]);
  });

  it("see Node in a pure room and in the page, and an import of nothing", async () => {
    const node = `import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n`;
    expect(await broken({ "core/wire/a.ts": node })).toEqual(["pure rooms know no platform"]);
    expect(await broken({ "renderer/ui/a.ts": node })).toEqual(["the page knows no Node"]);
    expect(await broken({ "core/wire/a.ts": using("./absent.ts") })).toEqual(["nothing unresolved"]);
  });
});

describe("the owners of libraries", () => {
  const taking = (name: string): string => `import * as taken from "${name}";\nexport const here = taken;\n`;

  it.each([
    ["owner of cryptography", "tweetnacl", "core/keys/a.ts", "core/crypto/a.ts"],
    ["owner of cryptography", "@noble/hashes/sha2.js", "core/wire/a.ts", "core/crypto/a.ts"],
    ["owner of libp2p", "libp2p", "core/meeting/a.ts", "core/mesh/a.ts"],
    ["owner of libp2p", "@multiformats/multiaddr", "electron/host/a.ts", "core/mesh/a.ts"],
    ["owner of electron", "electron", "electron/host/a.ts", "electron/main/a.ts"],
    ["owner of playwright", "playwright-core", "electron/main/a.ts", "electron/chromium/a.ts"],
    ["owner of cbor", "cborg", "core/membership/a.ts", "core/wire/a.ts"],
    ["owner of validation", "valibot", "core/keys/a.ts", "core/contract/a.ts"],
    ["owner of screens", "react", "renderer/rtc/a.ts", "renderer/ui/a.ts"],
  ])("%s: %s not in %s but in %s", async (rule, name, wrong, right) => {
    expect(await broken({ [wrong]: taking(name) })).toContain(rule);
    await rm(house, { recursive: true, force: true });
    expect(await broken({ [right]: taking(name) })).toEqual([]);
  });
});
