import type { Connection, Stream } from "@libp2p/interface";
import { VigilError } from "../../base/errors.ts";
import { Scope } from "../../base/scope.ts";
import type { PeerId } from "../../ports/mesh.ts";
import { MAX_PIPE_WRITE_BYTES, type Pipe } from "../../ports/pipes.ts";
import { PIPE_QUEUE_BYTES } from "../limits.ts";

/** How long a pipe that was ended may take to hand over the rest before it is cut, in ms. */
const END_LIMIT_MS = 60_000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (failure: VigilError) => void;
}

/**
 * A pipe on one stream of `/vigil/pipe/1`. Reading pauses the stream when enough waits to be read, so that the muxer's window
 * holds the other side back; writing waits until the muxer has taken all but a little.
 */
export class StreamPipe implements Pipe {
  readonly peer: PeerId;
  readonly connection: Connection;
  readonly #stream: Stream;
  readonly #scope = new Scope();
  readonly #onClosed: () => void;
  #arrived: Uint8Array[] = [];
  #reader: Waiting | null = null;
  #writer: Waiting | null = null;
  #otherEnded = false;
  #resuming = false;
  #ended = false;
  #closed = false;

  constructor(init: { stream: Stream; connection: Connection; onClosed: () => void }) {
    this.peer = init.connection.remotePeer.toString() as PeerId;
    this.connection = init.connection;
    this.#stream = init.stream;
    this.#onClosed = init.onClosed;
  }

  /** Starts to listen. What the stream already holds comes after this call. */
  start(): void {
    const stream = this.#stream;
    stream.inactivityTimeout = Number.POSITIVE_INFINITY;
    const onData = ({ data }: { data: Uint8Array | Iterable<Uint8Array> }): void => this.#take(data);
    const onDrain = (): void => queueMicrotask(() => this.#goOnWriting());
    const onFarewell = (): void => this.#endOfOther();
    const onClose = (): void => this.#close();
    stream.addEventListener("message", onData);
    stream.addEventListener("drain", onDrain);
    stream.addEventListener("idle", onDrain);
    stream.addEventListener("remoteCloseWrite", onFarewell);
    stream.addEventListener("close", onClose);
    this.#scope.add(() => {
      stream.removeEventListener("message", onData);
      stream.removeEventListener("drain", onDrain);
      stream.removeEventListener("idle", onDrain);
      stream.removeEventListener("remoteCloseWrite", onFarewell);
      stream.removeEventListener("close", onClose);
    });
    if (stream.status !== "open") this.#close();
    else if (stream.remoteWriteStatus === "closed") queueMicrotask(onFarewell);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0 || bytes.length > MAX_PIPE_WRITE_BYTES) {
      throw new VigilError("pipe-write-size", "defect", { message: `${bytes.length} bytes at once` });
    }
    if (this.#closed || this.#ended) throw closed();
    try {
      this.#stream.send(bytes);
    } catch (cause) {
      this.abort();
      throw closed(cause);
    }
    while (this.#stream.writeBufferLength > PIPE_QUEUE_BYTES / 2) await this.#room();
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const first = this.#arrived.shift() ?? this.#held();
      if (first !== undefined) return first;
      if (this.#otherEnded) return null;
      if (this.#closed) throw closed();
      await this.#news();
    }
  }

  end(): void {
    if (this.#closed || this.#ended) return;
    this.#ended = true;
    this.#stream.close({ signal: AbortSignal.timeout(END_LIMIT_MS) }).catch(() => this.abort());
  }

  abort(): void {
    if (this.#closed) return;
    this.#arrived = [];
    this.#stream.abort(new Error("pipe aborted"));
    this.#close();
  }

  #take(data: Uint8Array | Iterable<Uint8Array>): void {
    const parts = data instanceof Uint8Array ? [data] : [...data];
    this.#arrived.push(...parts.filter(({ length }) => length > 0));
    this.#holdBack();
    settle(this.#reader);
    this.#reader = null;
  }

  #held(): Uint8Array | undefined {
    this.#resume();
    return this.#arrived.shift();
  }

  /**
   * Lets the stream hand over what it holds, and ask for as much again. Only then is it paused anew: a pause in the midst of
   * resuming would be forgotten by the muxer, which would ask for more than may be held.
   */
  #resume(): void {
    if (this.#stream.readStatus !== "paused") return;
    this.#resuming = true;
    this.#stream.resume();
    this.#resuming = false;
    this.#holdBack();
  }

  #holdBack(): void {
    const waiting = this.#arrived.reduce((sum, { length }) => sum + length, 0);
    const full = waiting >= PIPE_QUEUE_BYTES / 2;
    if (full && !this.#resuming && !this.#otherEnded && this.#stream.readStatus === "readable") this.#stream.pause();
  }

  /** The stream tells of the other side's end at once, though it still holds what came before it. */
  #endOfOther(): void {
    this.#otherEnded = true;
    this.#resume();
    settle(this.#reader);
    this.#reader = null;
  }

  #news(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  #room(): Promise<void> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      this.#writer = { resolve, reject };
    });
  }

  #goOnWriting(): void {
    settle(this.#writer);
    this.#writer = null;
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scope.end();
    const waiting = [this.#reader, this.#writer];
    this.#reader = null;
    this.#writer = null;
    for (const one of waiting) if (one !== null) one.reject(closed());
    this.#onClosed();
  }
}

function settle(waiting: Waiting | null): void {
  waiting?.resolve();
}

function closed(cause?: unknown): VigilError {
  return new VigilError("pipe-closed", "network", { cause });
}
