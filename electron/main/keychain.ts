import type { SafeStorage } from "electron";
import type { FromHost, ToHost } from "../host/control.ts";

type Asked = Extract<FromHost, { type: "keychain" }>;
type Answer = Extract<ToHost, { type: "keychain-answer" }>;
type Safe = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
>;

/**
 * Answers the host's questions to the system's keychain by Electron's safeStorage. `data` is null where there is none or it
 * refuses; on Linux also where the desktop has no keyring and the secret would lie open on the disk.
 */
export async function askKeychain(safe: Safe, { id, ask, data }: Asked, platform: string): Promise<Answer> {
  const answer = (given: string | null): Answer => ({ type: "keychain-answer", id, data: given });
  try {
    if (!(await isSafe(safe, platform))) return answer(null);
    if (ask === "available") return answer("");
    if (ask === "wrap") return answer((await safe.encryptStringAsync(data)).toString("base64url"));
    return answer((await safe.decryptStringAsync(Buffer.from(data, "base64url"))).result);
  } catch {
    return answer(null);
  }
}

async function isSafe(safe: Safe, platform: string): Promise<boolean> {
  if (!(await safe.isAsyncEncryptionAvailable())) return false;
  return platform !== "linux" || !["basic_text", "unknown"].includes(safe.getSelectedStorageBackend());
}
