import type { WindowOptions } from "../options.ts";
import { quietSwitches } from "../quiet-chromium.ts";
import { ORIGIN } from "./origin.ts";

export interface FlagSurroundings {
  /** Chromium refuses its sandbox to root. */
  readonly root: boolean;
  /** Whether this machine has a network interface besides the loopback. */
  readonly network: boolean;
}

/**
 * A window without tabs or address bar. Its first load comes before anything answers for the origin and finds nothing; the page is loaded then.
 * The other switch keeps Chromium from warning, in that window, of the switch that stops it from looking up names.
 */
const APP_WINDOW = [`--app=${ORIGIN}/`, "--test-type"];

const USUAL_SIZE = { width: 1280, height: 800 };

/** The size of a window without a screen: what `--chromium-arg --window-size=W,H` asks for, in pixels. */
export function windowSize(chromiumArgs: readonly string[]): { readonly width: number; readonly height: number } {
  const asked = chromiumArgs.map((arg) => /^--window-size=(\d{2,4}),(\d{2,4})$/.exec(arg)).findLast(Boolean);
  return asked === null || asked === undefined ? USUAL_SIZE : { width: Number(asked[1]), height: Number(asked[2]) };
}

/** The command line for Chromium, beside what playwright-core adds. */
export function chromiumFlags(options: WindowOptions, { root, network }: FlagSurroundings): string[] {
  const quiet = quietSwitches({ network, fakeMedia: options.fakeMedia });
  return [
    ...quiet.map(([name, value]) => (value === null ? `--${name}` : `--${name}=${value}`)),
    "--enable-features=SkipListAccountsWithoutGaiaCookies",
    "--disable-save-password-bubble",
    // Nothing of a call goes to disk, and the profile in the temporary folder is gone afterwards in any case.
    "--disk-cache-dir=/dev/null",
    "--disk-cache-size=1",
    `--window-size=${USUAL_SIZE.width},${USUAL_SIZE.height}`,
    ...(root ? ["--no-sandbox"] : []),
    ...(options.headless ? [] : APP_WINDOW),
    ...(options.debugPort === null
      ? []
      : [`--remote-debugging-port=${options.debugPort}`, "--remote-debugging-address=127.0.0.1"]),
    ...options.chromiumArgs,
  ];
}
