import { VigilError } from "../../base/errors.ts";
import type { PeerId } from "../../ports/mesh.ts";
import { MAX_PIPE_WRITE_BYTES, type Pipe } from "../../ports/pipes.ts";
import { PIPE_QUEUE_BYTES } from "../limits.ts";
import type { FarEnd, MemoryNode } from "./surroundings.ts";
import type { WireEnd } from "./wire.ts";

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (failure: VigilError) => void;
}

/** On a wire of a pipe an empty piece says that nothing more comes. */
const END = new Uint8Array(0);

/** One end of a pipe, on a wire that is laid for it alone. */
export class PipeEnd implements FarEnd {
  /** Whose end it is. */
  readonly peer: PeerId;
  readonly #node: MemoryNode;
  readonly #onClosed: () => void;
  #wire: WireEnd | null = null;
  #arrived: Uint8Array[] = [];
  #reader: Waiting | null = null;
  #writer: Waiting | null = null;
  #ended = false;
  #otherEnded = false;
  #closed = false;

  constructor(node: MemoryNode, onClosed: () => void) {
    this.peer = node.peer;
    this.#node = node;
    this.#onClosed = onClosed;
  }

  get alive(): boolean {
    return this.#node.alive;
  }

  begin(wire: WireEnd): void {
    this.#wire = wire;
  }

  /** This end as its node's user sees it. */
  pipe(): Pipe {
    return {
      peer: this.#other()?.holder.peer ?? this.peer,
      write: (bytes) => this.#write(bytes),
      read: () => this.#read(),
      end: () => this.#finish(),
      abort: () => this.abort(),
    };
  }

  abort(): void {
    this.#arrived = [];
    this.#wire?.break();
  }

  received(_end: WireEnd, bytes: Uint8Array): void {
    if (bytes.length === 0) this.#otherEnded = true;
    else this.#arrived.push(bytes);
    if (this.#arrived.length > 0) this.#other()?.out.setReading(false);
    settle(this.#reader);
    this.#reader = null;
    const far = this.#other()?.holder;
    if (far instanceof PipeEnd) far.#taken();
    if (this.#otherEnded && this.#ended) this.#wire?.close();
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of [this.#reader, this.#writer]) waiting?.reject(closed());
    this.#reader = null;
    this.#writer = null;
    this.#onClosed();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0 || bytes.length > MAX_PIPE_WRITE_BYTES) {
      throw new VigilError("pipe-write-size", "defect", { message: `${bytes.length} bytes at once` });
    }
    if (this.#closed || this.#ended || this.#wire === null) throw closed();
    this.#wire.write(bytes.slice());
    while (this.#wire.out.size > PIPE_QUEUE_BYTES) await this.#room();
  }

  async #read(): Promise<Uint8Array | null> {
    for (;;) {
      const first = this.#arrived.shift() ?? this.#held();
      if (first !== undefined) return first;
      if (this.#otherEnded) return null;
      if (this.#closed) throw closed();
      await new Promise<void>((resolve, reject) => {
        this.#reader = { resolve, reject };
      });
    }
  }

  #held(): Uint8Array | undefined {
    this.#other()?.out.setReading(true);
    return this.#arrived.shift();
  }

  #room(): Promise<void> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      this.#writer = { resolve, reject };
    });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#wire?.write(END);
  }

  /** The other end has taken something that was under way. */
  #taken(): void {
    settle(this.#writer);
    this.#writer = null;
  }

  #other(): WireEnd | undefined {
    return this.#wire?.wire.otherEnd(this.#wire);
  }
}

function settle(waiting: Waiting | null): void {
  waiting?.resolve();
}

function closed(): VigilError {
  return new VigilError("pipe-closed", "network");
}
