import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "../../core/ports/store.ts";
import { writeWhole } from "./write-whole.ts";

/** The most that is read back: settings are small, and what is larger is not ours. */
const MAX_BYTES = 256 * 1024;

/** Keeps each text in a file of its own in `folder`, readable by its owner only. */
export function createFileStore(folder: string): Store {
  return {
    async read(name) {
      try {
        const bytes = await readFile(join(folder, `${name}.json`));
        return bytes.length > MAX_BYTES ? null : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch {
        return null;
      }
    },
    write: (name, text) => writeWhole(folder, `${name}.json`, text),
  };
}
