import { fromBase64Url } from "../../core/base/bytes.ts";
import { ChunkSealer, transferTag } from "../../core/files/chunks.ts";
import type { Transfer } from "../../core/ports/files.ts";
import type { Pipe, Pipes } from "../../core/ports/pipes.ts";
import { chunksFrom, type SourceFile } from "./source-file.ts";

export interface SendingInit {
  readonly pipes: Pipes;
  readonly source: SourceFile;
  readonly transfer: Transfer;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

/**
 * Sends a file, or the rest of it, over a pipe of its own; resolves when the other side has said that it has it whole.
 * Rejects with `changed` or `unreadable` for the file, and with whatever the pipe rejects with.
 */
export async function sendFile({ pipes, source, transfer, signal, progress }: SendingInit): Promise<void> {
  const { secret, offset } = transfer;
  let pipe: Pipe | null = null;
  const cut = (): void => pipe?.abort();
  signal.addEventListener("abort", cut);
  try {
    const sealer = await ChunkSealer.create(secret, { id: fromBase64Url(transfer.id) ?? new Uint8Array(), offset });
    const tag = transferTag(secret);
    secret.wipe();
    pipe = await pipes.open(transfer.peer);
    signal.throwIfAborted();
    await pipe.write(tag);
    let done = offset;
    // One chunk is read and sealed while the one before it is sent.
    let sending: Promise<void> = Promise.resolve();
    for await (const chunk of chunksFrom(source, { offset, signal })) {
      const sealed = await sealer.seal(chunk);
      await sending;
      sending = pipe.write(sealed);
      sending.catch(() => undefined);
      done += chunk.length;
      progress(done);
    }
    await sending;
    pipe.end();
    // It ends its own side once it has saved the file; anything else it could say is of no interest.
    while ((await pipe.read()) !== null) signal.throwIfAborted();
  } finally {
    secret.wipe();
    signal.removeEventListener("abort", cut);
    pipe?.abort();
  }
}
