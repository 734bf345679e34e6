import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { VigilError } from "../../core/base/errors.ts";
import { err, ok, type Result } from "../../core/base/result.ts";

interface Machine {
  readonly platform: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The usual place for an app's own files on this system. */
export function defaultProfileFolder({ platform, home, env }: Machine): string {
  if (platform === "win32") return join(env["APPDATA"] ?? join(home, "AppData", "Roaming"), "Vigil");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Vigil");
  const config = env["XDG_CONFIG_HOME"];
  return join(config !== undefined && config.startsWith("/") ? config : join(home, ".config"), "Vigil");
}

/**
 * Makes the profile folder, for its owner only, and tries whether it can be written. `chosen` is what the person asked for, null for the usual place.
 * Gives its absolute path, or `profile-unwritable`, whose message is a sentence for the person.
 */
export async function prepareProfileFolder(
  chosen: string | null,
): Promise<Result<string, VigilError<"profile-unwritable">>> {
  const machine = { platform: process.platform, home: homedir(), env: process.env };
  const folder = chosen === null ? defaultProfileFolder(machine) : resolve(chosen);
  const trial = join(folder, `.trial-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(trial, "", { mode: 0o600 });
    await rm(trial);
    return ok(folder);
  } catch (cause) {
    const message = `The profile folder ${folder} cannot be written; choose another with --profile or change its permissions.`;
    return err(new VigilError("profile-unwritable", "user", { message, cause }));
  }
}
