import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { rendererConfig } from "../../../build/bundle/renderer.ts";
import { nodeProgram, plainScript } from "../../../build/bundle/targets.ts";

const root = join(import.meta.dirname, "../../..");
const here = import.meta.dirname;

/** Builds the stand-in page and host together with the window's real injected scripts; gives the folder, laid out like dist/. */
export async function buildStandIn(): Promise<string> {
  const dist = await mkdtemp(join(tmpdir(), "vigil-stand-in-"));
  const inPage = (name: string) =>
    plainScript(
      "/",
      {
        entry: join(root, "electron/chromium/in-page", `${name}.ts`),
        outDir: join(dist, "in-page"),
        fileName: `${name}.js`,
      },
      "iife",
    );
  await build(rendererConfig(root, { source: join(here, "page"), outDir: join(dist, "renderer") }));
  await build(
    nodeProgram("/", { entry: join(here, "host-entry.ts"), outDir: join(dist, "host"), fileName: "entry.js" }),
  );
  await build(inPage("relay"));
  await build(inPage("frame-keys"));
  return dist;
}
