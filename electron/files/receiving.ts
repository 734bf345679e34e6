import { fromBase64Url, toHex } from "../../core/base/bytes.ts";
import { VigilError } from "../../core/base/errors.ts";
import {
  CHUNK_BYTES,
  CHUNK_OVERHEAD_BYTES,
  ChunkOpener,
  TRANSFER_TAG_BYTES,
  transferTag,
} from "../../core/files/chunks.ts";
import type { FileOrder } from "../../core/ports/files.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Pipe } from "../../core/ports/pipes.ts";
import type { PartFile } from "./part-file.ts";
import { PipeReader } from "./pipe-reader.ts";

/** A transfer over which nothing comes, or of which nothing is taken, for so long has stopped, in ms. */
export const STALL_MS = 30_000;
/** How long somebody may take to say what a pipe is for, in ms. */
const TAG_MS = 10_000;
/** Pipes that are looked at before they have said it. */
const MAX_UNKNOWN_PIPES = 32;

type Receive = Extract<FileOrder, { type: "receive" }>;

interface Expected {
  readonly peer: string;
  readonly resolve: (pipe: PipeReader) => void;
}

/** Joins pipes that come in to the transfers that wait for them, by the tag that each begins with. */
export class Reception {
  readonly #clock: Clock;
  readonly #expected = new Map<string, Expected>();
  #unknown = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The pipe of a transfer, past its tag; rejects with `stalled` when none comes in `STALL_MS`. */
  async expect({ secret, peer }: Receive, signal: AbortSignal): Promise<PipeReader> {
    const tag = toHex(transferTag(secret));
    let end = (): void => undefined;
    try {
      return await new Promise<PipeReader>((resolve, reject) => {
        this.#expected.set(tag, { peer, resolve });
        const cancel = this.#clock.after(STALL_MS, () => reject(new VigilError("stalled", "network")));
        const stop = (): void => reject(new VigilError("stopped", "user"));
        signal.addEventListener("abort", stop);
        end = (): void => {
          cancel();
          signal.removeEventListener("abort", stop);
        };
      });
    } finally {
      end();
      this.#expected.delete(tag);
    }
  }

  /** A pipe that a member has opened: handed to whoever waits for it, else closed. */
  take(pipe: Pipe): void {
    if (this.#unknown >= MAX_UNKNOWN_PIPES) return pipe.abort();
    this.#unknown++;
    const reader = new PipeReader(pipe, this.#clock);
    reader
      .exactly(TRANSFER_TAG_BYTES, TAG_MS)
      .then((tag) => {
        const expected = this.#expected.get(toHex(tag));
        if (expected?.peer === pipe.peer) expected.resolve(reader);
        else pipe.abort();
      })
      .catch(() => pipe.abort())
      .finally(() => this.#unknown--);
    return undefined;
  }
}

export interface ReceivingInit {
  readonly order: Receive;
  readonly part: PartFile;
  /** Where it comes from, once it comes. */
  readonly pipe: Promise<PipeReader>;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

/**
 * Takes a file, or the rest of it, into its part on the disk, and gives the pipe on which the sender waits to hear that it was saved.
 * Rejects with the pipe's or the disk's own errors, with `stalled`, and with `chunk-forged` or `damaged` for what is not the file.
 */
export async function receiveFile(init: ReceivingInit): Promise<PipeReader> {
  const { order, part, signal, progress } = init;
  const { secret, size, offset } = order;
  const opener = await ChunkOpener.create(secret, { id: fromBase64Url(order.id) ?? new Uint8Array(), offset });
  secret.wipe();
  const pipe = await init.pipe;
  const cut = (): void => pipe.abort();
  signal.addEventListener("abort", cut);
  try {
    let taken = part.written;
    // One chunk is received while the one before it is opened and written.
    let writing: Promise<void> = Promise.resolve();
    try {
      while (taken < size) {
        signal.throwIfAborted();
        const length = Math.min(CHUNK_BYTES, size - taken);
        const sealed = await pipe.exactly(length + CHUNK_OVERHEAD_BYTES, STALL_MS);
        await writing;
        writing = opener.open(sealed).then((chunk) => part.append(chunk));
        writing.catch(() => undefined);
        taken += length;
        progress(taken);
      }
    } finally {
      // What has come is kept for the next try, and nothing may be written behind its back.
      await writing;
    }
    if (!part.matches(order.hash)) throw new VigilError("damaged", "peer");
    return pipe;
  } finally {
    signal.removeEventListener("abort", cut);
  }
}
