import { parseArgs } from "node:util";
import { VigilError } from "../core/base/errors.ts";
import { err, ok, type Result } from "../core/base/result.ts";

export interface WindowOptions {
  /** The profile folder, null for the usual one of this system. */
  readonly profile: string | null;
  readonly headless: boolean;
  /** Made-up camera and microphone; `file` is a Y4M or MJPEG film for the camera, null for Chromium's own pattern. */
  readonly fakeMedia: { readonly file: string | null } | null;
  /** A port on 127.0.0.1 for an outside debugger; null for none. */
  readonly debugPort: number | null;
  readonly chromiumArgs: readonly string[];
  readonly invite: string | null;
}

const HELP =
  "The options are --profile DIR, --window electron|chromium, --headless, --fake-media[=FILE], --debug-port N, --chromium-arg ARG and --invite LINK.";

/**
 * Reads the options of `npm start`, for either window. The error is of fault `user` and says in one sentence what is wrong.
 * `--fake-media` stands alone or carries its file after `=`; it never takes the next word.
 */
export function parseOptions(args: readonly string[]): Result<WindowOptions, VigilError<"bad-option">> {
  const fakeMedia = readFakeMedia(args);
  const rest = args.filter((arg) => !isFakeMedia(arg));
  try {
    const { values } = parseArgs({
      args: joinValues(rest),
      allowPositionals: false,
      options: {
        profile: { type: "string" },
        window: { type: "string" },
        headless: { type: "boolean" },
        "debug-port": { type: "string" },
        "chromium-arg": { type: "string", multiple: true },
        invite: { type: "string" },
      },
    });
    if (values.window !== undefined && values.window !== "chromium" && values.window !== "electron") {
      return bad(`--window is electron or chromium, not ${values.window}.`);
    }
    if (values.profile === "") return bad("--profile needs the path of a folder.");
    const debugPort = readPort(values["debug-port"]);
    if (debugPort === undefined) return bad("--debug-port needs a number from 1 to 65535.");
    return ok({
      profile: values.profile ?? null,
      headless: values.headless ?? false,
      fakeMedia,
      debugPort,
      chromiumArgs: values["chromium-arg"] ?? [],
      invite: values.invite ?? null,
    });
  } catch (cause) {
    const [sentence] = cause instanceof Error ? cause.message.split(". ") : [];
    return bad(`${(sentence ?? "An option cannot be read").replace(/\.$/, "")}. ${HELP}`, cause);
  }
}

function bad(message: string, cause?: unknown): Result<never, VigilError<"bad-option">> {
  return err(new VigilError("bad-option", "user", { message, cause }));
}

function isFakeMedia(arg: string): boolean {
  return arg === "--fake-media" || arg.startsWith("--fake-media=");
}

function readFakeMedia(args: readonly string[]): WindowOptions["fakeMedia"] {
  const last = args.findLast(isFakeMedia);
  if (last === undefined) return null;
  const file = last.slice("--fake-media=".length);
  return { file: file === "" ? null : file };
}

/** Joins `--name value` to `--name=value`, since the value of `--chromium-arg` begins with dashes itself. */
function joinValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    const next = args[index + 1];
    const takesNext = arg === "--chromium-arg" && next !== undefined;
    joined.push(takesNext ? `${arg}=${next}` : arg);
    if (takesNext) index++;
  }
  return joined;
}

/** null when none was given, undefined when it is not a port number. */
function readPort(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const port = Number(text);
  return /^[0-9]{1,5}$/.test(text) && port >= 1 && port <= 65535 ? port : undefined;
}
