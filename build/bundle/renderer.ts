import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig } from "vite";

export interface PageFolders {
  /** The folder of index.html. */
  readonly source: string;
  readonly outDir: string;
}

/** The page, without anything inline that its policy would refuse. */
export function rendererConfig(
  root: string,
  { source, outDir }: PageFolders = { source: join(root, "renderer"), outDir: join(root, "dist/renderer") },
): InlineConfig {
  return {
    root: source,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    clearScreen: false,
    base: "/",
    plugins: [react()],
    resolve: {
      // The published bundle carries its own stand-ins for Node's modules; the sources would need them added here.
      alias: [{ find: /^simple-peer$/, replacement: join(root, "node_modules/simple-peer/simplepeer.min.js") }],
    },
    worker: {
      format: "es",
      // A fixed name: the Chromium window finds the frames worker by it.
      rolldownOptions: { output: { entryFileNames: "assets/frames-worker.js" } },
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome150",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2048,
    },
  };
}
