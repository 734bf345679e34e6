import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { VigilError } from "../../core/base/errors.ts";
import { CHUNK_BYTES } from "../../core/files/chunks.ts";
import { MAX_FILE_BYTES } from "../../core/ports/files.ts";

/** A file that a person chose, as it was then. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** SHA-256 of its content. */
  readonly hash: Uint8Array;
  /** What tells whether it is still the same. */
  readonly mark: string;
}

/**
 * Reads a file once through. Rejects with `unreadable`, `too-large` (above `MAX_FILE_BYTES`) or `changed` (while it was read).
 * `progress` hears how much has been read, in bytes.
 */
export async function readSource(
  path: string,
  { progress, signal }: { progress: (name: string, size: number, done: number) => void; signal: AbortSignal },
): Promise<SourceFile> {
  const name = basename(path);
  return withFile(path, async (handle) => {
    const { size, mark } = await look(handle);
    if (size > MAX_FILE_BYTES) throw new VigilError("too-large", "user");
    const hash = createHash("sha256");
    let done = 0;
    for await (const chunk of chunksOf(handle, { from: 0, size, signal })) {
      hash.update(chunk);
      done += chunk.length;
      progress(name, size, done);
    }
    if ((await look(handle)).mark !== mark) throw new VigilError("changed", "user");
    return { path, name, size, hash: hash.digest(), mark };
  });
}

/** The chunks of a chosen file from an offset on; rejects with `changed` when it is not any more what it was. */
export async function* chunksFrom(
  source: SourceFile,
  { offset, signal }: { offset: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const handle = await open(source.path, "r").catch(unreadable);
  try {
    if ((await look(handle)).mark !== source.mark) throw new VigilError("changed", "user");
    yield* chunksOf(handle, { from: offset, size: source.size, signal });
    if ((await look(handle)).mark !== source.mark) throw new VigilError("changed", "user");
  } finally {
    await handle.close();
  }
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, "r").catch(unreadable);
  try {
    return await work(handle);
  } catch (cause) {
    if (cause instanceof VigilError) throw cause;
    return unreadable(cause);
  } finally {
    await handle.close();
  }
}

/** Only plain files: a pipe or a device would never end. */
async function look(handle: FileHandle): Promise<{ readonly size: number; readonly mark: string }> {
  const found = await handle.stat({ bigint: true });
  if (!found.isFile()) return unreadable(null);
  const { size, dev, ino, mtimeNs } = found;
  return { size: Number(size), mark: [dev, ino, size, mtimeNs].join(" ") };
}

async function* chunksOf(
  handle: FileHandle,
  { from, size, signal }: { from: number; size: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let at = from;
  const read = (): Promise<Uint8Array<ArrayBuffer>> => readAt(handle, at, Math.min(CHUNK_BYTES, size - at));
  // One chunk is read while the one before it is worked on.
  let next = at < size ? read() : null;
  while (next !== null) {
    const chunk = await next;
    signal.throwIfAborted();
    at += chunk.length;
    next = at < size ? read() : null;
    next?.catch(() => undefined);
    yield chunk;
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunk = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(chunk, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new VigilError("changed", "user");
    filled += bytesRead;
  }
  return chunk;
}

function unreadable(cause: unknown): never {
  throw new VigilError("unreadable", "user", { cause });
}
