import { prepareProfileFolder } from "../store/profile-folder.ts";
import { claimProfile } from "./instance.ts";
import { parseOptions } from "../options.ts";
import { type ChromiumWindow, openChromiumWindow } from "./window.ts";

/** Exit codes besides 0: a bad option, a profile that cannot be written, a profile in use, Chromium that does not start. */
const EXIT = { badOption: 2, profileUnwritable: 3, alreadyRunning: 4, noWindow: 5 } as const;

export interface Surroundings {
  /** The Chromium to use. */
  readonly executable: string;
  /** The folder of built parts. */
  readonly dist: string;
}

/**
 * Runs the app in a Chromium window until it is closed; gives the exit code.
 * Prints `VIGIL READY …` once the page shows its first screen.
 */
export async function main(args: readonly string[], { executable, dist }: Surroundings): Promise<number> {
  const options = parseOptions(args);
  if (!options.ok) return complain(options.error.message, EXIT.badOption);
  const profile = await prepareProfileFolder(options.value.profile);
  if (!profile.ok) return complain(profile.error.message, EXIT.profileUnwritable);

  let window: ChromiumWindow | null = null;
  let early: string | null = options.value.invite;
  const instance = await claimProfile({
    profile: profile.value,
    invite: options.value.invite,
    onSecond(invite) {
      if (invite !== null && window === null) early = invite;
      else if (invite !== null) window?.openInvite(invite);
      void window?.show().catch(() => undefined);
    },
  });
  if (!instance.first)
    return complain(alreadyRunning(options.value.invite !== null, profile.value), EXIT.alreadyRunning);

  const asked = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    let ready = false;
    openChromiumWindow({
      options: options.value,
      executable,
      profile: profile.value,
      dist,
      onReady() {
        if (!ready) announce(options.value.debugPort);
        ready = true;
      },
      onClosed: resolve,
    }).then(
      (opened) => {
        window = opened;
        if (early !== null) opened.openInvite(early);
      },
      (cause: unknown) => {
        process.exitCode = complain(`Chromium (${executable}) did not start: ${firstLine(cause)}`, EXIT.noWindow);
        resolve();
      },
    );
  });
  await asked;
  await (window as ChromiumWindow | null)?.close();
  await instance.release();
  return Number(process.exitCode ?? 0);
}

function announce(debugPort: number | null): void {
  process.stdout.write(`VIGIL READY ${JSON.stringify({ window: "chromium", pid: process.pid, debugPort })}\n`);
}

function complain(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}

function alreadyRunning(handed: boolean, profile: string): string {
  const what = handed ? "it has been given the invite" : "look for its window, or choose another folder with --profile";
  return `Vigil is already running with the profile ${profile}: ${what}.`;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0] ?? "";
}
