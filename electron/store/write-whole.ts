import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { VigilError } from "../../core/base/errors.ts";

/**
 * Puts a file readable by its owner only in the place of an older one of its name. It is on the disk before it gets the name:
 * after a crash the old one is there or the new one, never a part. Rejects with `profile-unwritable`.
 */
export async function writeWhole(folder: string, name: string, contents: string | Uint8Array): Promise<void> {
  const draft = join(folder, `.${name}-${randomUUID()}`);
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(contents, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new VigilError("profile-unwritable", "device", { cause });
  }
}
