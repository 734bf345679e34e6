import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig } from "vite";

/** The page: relative to the root of whichever origin serves it, without anything inline that its policy would refuse. */
export function rendererConfig(root: string): InlineConfig {
  return {
    root: join(root, "renderer"),
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
      outDir: join(root, "dist/renderer"),
      emptyOutDir: true,
      target: "chrome150",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2048,
    },
  };
}
