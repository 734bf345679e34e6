import type { WindowOptions } from "../options.ts";
import { quietSwitches } from "../quiet-chromium.ts";

export interface FlagSurroundings {
  /** Chromium refuses its sandbox to root. */
  readonly root: boolean;
  /** Whether this machine has a network interface besides the loopback. */
  readonly network: boolean;
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
    "--window-size=1280,800",
    ...(root ? ["--no-sandbox"] : []),
    ...(options.headless ? [] : ["--app=about:blank"]),
    ...(options.debugPort === null
      ? []
      : [`--remote-debugging-port=${options.debugPort}`, "--remote-debugging-address=127.0.0.1"]),
    ...options.chromiumArgs,
  ];
}
