import { existsSync } from "node:fs";
import { chromiumFlags } from "../../../electron/chromium/flags.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The Chromium to measure with: `VIGIL_CHROMIUM`, else an installed one. */
export function chromiumPath(): string {
  const path = process.env["VIGIL_CHROMIUM"] ?? PLACES.find((place) => existsSync(place));
  if (path === undefined) throw new Error("no Chromium was found; VIGIL_CHROMIUM may name one");
  return path;
}

/** The app's own switches for a headless window, so that the bare mesh runs in the same browser as the app; only its page comes from a server. */
export function chromiumSwitches(video: string): string[] {
  const own = chromiumFlags(
    { profile: null, headless: true, fakeMedia: { file: video }, debugPort: null, chromiumArgs: [], invite: null },
    { root: process.getuid?.() === 0, network: false },
  );
  return own.filter((word) => !word.startsWith("--host-resolver-rules"));
}
