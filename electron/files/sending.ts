import { fromBase64Url } from "../../core/base/bytes.ts";
import { ChunkSealer, transferTag } from "../../core/files/chunks.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Transfer } from "../../core/ports/files.ts";
import type { Pipe, Pipes } from "../../core/ports/pipes.ts";
import { STALL_MS } from "./receiving.ts";
import { chunksFrom, type SourceFile } from "./source-file.ts";

/** How long it may take to look through the whole file and to put it on its disk, in ms. */
const SAVING_MS = 120_000;

export interface SendingInit {
  readonly pipes: Pipes;
  readonly source: SourceFile;
  readonly transfer: Transfer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

/**
 * Sends a file, or the rest of it, over a pipe of its own; resolves when the other side has said that it has it whole.
 * Rejects with `changed` or `unreadable` for the file, and with whatever the pipe rejects with.
 */
export async function sendFile({ pipes, source, transfer, clock, signal, progress }: SendingInit): Promise<void> {
  const { secret, offset } = transfer;
  let pipe: Pipe | null = null;
  const cut = (): void => pipe?.abort();
  signal.addEventListener("abort", cut);
  const within = async <T>(limitMs: number, work: Promise<T>): Promise<T> => {
    const cancel = clock.after(limitMs, cut);
    return work.finally(cancel);
  };
  try {
    const sealer = await ChunkSealer.create(secret, { id: fromBase64Url(transfer.id) ?? new Uint8Array(), offset });
    const tag = transferTag(secret);
    secret.wipe();
    pipe = await pipes.open(transfer.peer);
    signal.throwIfAborted();
    await within(STALL_MS, pipe.write(tag));
    let done = offset;
    // One chunk is read and sealed while the one before it is sent.
    let sending: Promise<void> = Promise.resolve();
    for await (const chunk of chunksFrom(source, { offset, signal })) {
      const sealed = await sealer.seal(chunk);
      await sending;
      sending = within(STALL_MS, pipe.write(sealed));
      sending.catch(() => undefined);
      done += chunk.length;
      progress(done);
    }
    await sending;
    pipe.end();
    // It ends its own side once it has saved the file; anything else it could say is of no interest.
    while ((await within(SAVING_MS, pipe.read())) !== null) signal.throwIfAborted();
  } finally {
    secret.wipe();
    signal.removeEventListener("abort", cut);
    pipe?.abort();
  }
}
