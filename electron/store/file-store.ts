import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { VigilError } from "../../core/base/errors.ts";
import type { Store } from "../../core/ports/store.ts";

/** The most that is read back: settings are small, and what is larger is not ours. */
const MAX_BYTES = 256 * 1024;

/** Keeps each text in a file of its own in `folder`, readable by its owner only. */
export function createFileStore(folder: string): Store {
  const pathOf = (name: string): string => join(folder, `${name}.json`);
  return {
    async read(name) {
      try {
        const bytes = await readFile(pathOf(name));
        return bytes.length > MAX_BYTES ? null : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch {
        return null;
      }
    },
    async write(name, text) {
      const draft = join(folder, `.${name}-${randomUUID()}`);
      try {
        await writeWhole(draft, text);
        await rename(draft, pathOf(name));
      } catch (cause) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw new VigilError("profile-unwritable", "device", { cause });
      }
    },
  };
}

/** On the disk before it gets its name: after a crash the old text is there or the new one, never a part. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
}
