import { existsSync } from "node:fs";
import { join } from "node:path";
import type { InlineConfig } from "vite";
import { rendererConfig } from "./renderer.ts";

export interface Target {
  readonly name: string;
  /** The file whose absence means that this part is not built. */
  readonly entry: string;
  readonly config: InlineConfig;
}

/** What stays outside the Node bundles: native code, and what is too large to be worth copying. */
const EXTERNAL = ["electron", "node-datachannel", "playwright-core"];

export interface Script {
  readonly entry: string;
  readonly outDir: string;
  readonly fileName: string;
}

const shared = (root: string): InlineConfig => ({
  root,
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  clearScreen: false,
});

/** One program for Node 24 with all its libraries inside: one file to read is what makes the start fast. */
export function nodeProgram(root: string, { entry, outDir, fileName }: Script): InlineConfig {
  return {
    ...shared(root),
    ssr: { noExternal: true, external: EXTERNAL, target: "node" },
    build: {
      ssr: join(root, entry),
      outDir: join(root, outDir),
      emptyOutDir: true,
      target: "node24",
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { format: "es", entryFileNames: fileName, chunkFileNames: "[name]-[hash].js" } },
    },
  };
}

/** One classic script without imports, for places where no module can be loaded: the preload and the injected scripts. */
export function plainScript(root: string, { entry, outDir, fileName }: Script, format: "cjs" | "iife"): InlineConfig {
  return {
    ...shared(root),
    build: {
      lib: { entry: join(root, entry), formats: [format], name: "vigil", fileName: () => fileName },
      outDir: join(root, outDir),
      emptyOutDir: false,
      target: "chrome150",
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { external: ["electron"] },
    },
  };
}

/** Every part of the app that is built, in an order in which none empties a folder after another has written there. */
export function targets(root: string): readonly Target[] {
  const program = (name: string, entry: string): Target => ({
    name,
    entry,
    config: nodeProgram(root, { entry, outDir: `dist/${name}`, fileName: name === "host" ? "entry.js" : "main.js" }),
  });
  const script = (entry: string, outDir: string, fileName: string, format: "cjs" | "iife"): Target => ({
    name: `${outDir}/${fileName}`,
    entry,
    config: plainScript(root, { entry, outDir, fileName }, format),
  });
  const all: readonly Target[] = [
    { name: "renderer", entry: "renderer/index.html", config: rendererConfig(root) },
    program("host", "electron/host/entry.ts"),
    program("chromium", "electron/chromium/main.ts"),
    program("main", "electron/main/main.ts"),
    script("electron/preload/preload.ts", "dist/preload", "preload.cjs", "cjs"),
    script("electron/chromium/in-page/relay.ts", "dist/in-page", "relay.js", "iife"),
    script("electron/chromium/in-page/frame-keys.ts", "dist/in-page", "frame-keys.js", "iife"),
  ];
  return all.filter((target) => existsSync(join(root, target.entry)));
}
