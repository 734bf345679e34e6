import { resolve } from "node:path";
import { err, type Result } from "../../core/base/result.ts";
import { VigilError } from "../../core/base/errors.ts";
import { parseOptions, type WindowOptions } from "../options.ts";
import { inviteIn, isInviteLink } from "./deep-links.ts";

const KNOWN = /^--(profile|window|headless|fake-media|debug-port|chromium-arg|invite)(=|$)/;

/** The words meant for the app: in a packaged app all after the program, else all after the app's own folder. */
export function wordsForApp(
  argv: readonly string[],
  app: { readonly packaged: boolean; readonly path: string },
): string[] {
  if (app.packaged) return argv.slice(1);
  const at = argv.findIndex((word) => !word.startsWith("-") && resolve(word) === app.path);
  return argv.slice(at === -1 ? 2 : at + 1);
}

/**
 * Reads the command line of the Electron window; a `vigil://` link may stand alone, as systems put it.
 * In a packaged app words that the system or Electron added are passed over; otherwise they are mistakes.
 */
export function readArguments(
  words: readonly string[],
  packaged: boolean,
): Result<WindowOptions, VigilError<"bad-option">> {
  const args = words.filter((word) => !isInviteLink(word) || wasValue(words, word));
  const parsed = parseOptions(packaged ? args.filter((word, at) => isOurs(args, word, at)) : args);
  if (!parsed.ok) return parsed;
  const options = parsed.value;
  if (options.debugPort !== null || options.chromiumArgs.length > 0) {
    const message = "--debug-port and --chromium-arg belong to the Chromium window: add --window chromium.";
    return err(new VigilError("bad-option", "user", { message }));
  }
  return { ok: true, value: { ...options, invite: options.invite ?? inviteIn(words) } };
}

/** `--invite LINK`: the link is that option's value and stays where it is. */
function wasValue(words: readonly string[], word: string): boolean {
  return words[words.indexOf(word) - 1] === "--invite";
}

function isOurs(args: readonly string[], word: string, at: number): boolean {
  if (KNOWN.test(word)) return true;
  return /^--(profile|window|debug-port|chromium-arg|invite)$/.test(args[at - 1] ?? "");
}
