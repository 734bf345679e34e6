import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { VigilError } from "../../core/base/errors.ts";
import type { PersonaStore } from "../../core/ports/persona-store.ts";
import { writeWhole } from "./write-whole.ts";

/** What the file is called; an exported copy ends the same way. */
const NAME = "identity.vigil-identity";

/** The persona's file in `folder`, of at most `maxBytes`, readable by its owner only. */
export function createPersonaStore(folder: string, maxBytes: number): PersonaStore {
  const path = join(folder, NAME);
  return {
    async read() {
      try {
        return await readUpTo(path, maxBytes + 1);
      } catch (cause) {
        if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
        throw new VigilError("profile-unreadable", "device", { cause });
      }
    },
    write: (bytes) => writeWhole(folder, NAME, bytes),
    async remove() {
      try {
        await rm(path, { force: true });
      } catch (cause) {
        throw new VigilError("profile-unwritable", "device", { cause });
      }
    },
  };
}

async function readUpTo(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const { bytesRead } = await file.read(buffer, length, most - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.slice(0, length);
  } finally {
    await file.close();
  }
}
