import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, link, mkdir, open, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { numbered } from "../../core/files/file-name.ts";

/** How many files of one name are looked past before saving is given up. */
const MAX_NAMESAKES = 1_000;
const PART = /^\.vigil-(?<pid>[0-9]+)-[0-9a-f-]{36}\.part$/;

/** A file that is still coming in, under a hidden name that no one takes for a whole one. */
export class PartFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #written = 0;
  #open = true;

  private constructor(folder: string, path: string, handle: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#handle = handle;
  }

  /** Rejects with the system's own error when the folder cannot be written. */
  static async create(folder: string): Promise<PartFile> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, `.vigil-${process.pid}-${randomUUID()}.part`);
    return new PartFile(folder, path, await open(path, "wx", 0o600));
  }

  get written(): number {
    return this.#written;
  }

  async append(bytes: Uint8Array): Promise<void> {
    let from = 0;
    while (from < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, from, bytes.length - from, this.#written + from);
      from += bytesWritten;
    }
    this.#hash.update(bytes);
    this.#written += bytes.length;
  }

  /** Whether what was written is what has this SHA-256. */
  matches(hash: Uint8Array): boolean {
    return this.#hash.copy().digest().equals(hash);
  }

  /** Gives the whole file its name, or a numbered one beside others, and never takes another's place. Gives the path. */
  async keepAs(name: string): Promise<string> {
    await this.#handle.sync();
    await this.#close();
    for (let number = 1; number <= MAX_NAMESAKES; number++) {
      const path = join(this.#folder, number === 1 ? name : numbered(name, number));
      if (await place(this.#path, path)) return path;
    }
    throw new RangeError("too many files of one name");
  }

  async remove(): Promise<void> {
    await this.#close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

/** Moves a file to a path where nothing is yet. False when something is. */
async function place(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await rm(from, { force: true });
    return true;
  } catch (failure) {
    if (codeOf(failure) === "EEXIST") return false;
  }
  // Not every file system knows links: there the name is taken first.
  try {
    await (await open(to, "wx", 0o600)).close();
  } catch (failure) {
    if (codeOf(failure) === "EEXIST") return false;
    throw failure;
  }
  await rename(from, to);
  return true;
}

/** Bytes that still fit on the disk of a folder; unknown counts as enough, since writing tells in the end. */
export async function roomIn(folder: string): Promise<number> {
  try {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Removes what runs that were killed have left unfinished. */
export async function removeLeftParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const pid = PART.exec(name)?.groups?.["pid"];
    return pid !== undefined && !runs(Number(pid));
  });
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return codeOf(failure) !== "ESRCH";
  }
}

/** The system's code of an error: `ENOSPC`, `EACCES` and the like; empty for others. */
export function codeOf(failure: unknown): string {
  return failure instanceof Error && "code" in failure ? String(failure.code) : "";
}
