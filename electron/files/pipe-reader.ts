import { VigilError } from "../../core/base/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Pipe } from "../../core/ports/pipes.ts";

/** Reads a pipe in pieces of the length that is asked for. */
export class PipeReader {
  readonly #pipe: Pipe;
  readonly #clock: Clock;
  #rest: Uint8Array = new Uint8Array();

  constructor(pipe: Pipe, clock: Clock) {
    this.#pipe = pipe;
    this.#clock = clock;
  }

  /** Exactly so many bytes. Aborts the pipe, and rejects, when none come for `stallMs`, or when the other side ends before that. */
  async exactly(length: number, stallMs: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) this.#rest = await this.#more(stallMs);
      const taken = this.#rest.subarray(0, length - filled);
      bytes.set(taken, filled);
      filled += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    return bytes;
  }

  end(): void {
    this.#pipe.end();
  }

  abort(): void {
    this.#pipe.abort();
  }

  async #more(stallMs: number): Promise<Uint8Array> {
    const cancel = this.#clock.after(stallMs, () => this.#pipe.abort());
    try {
      const more = await this.#pipe.read();
      if (more === null) throw new VigilError("pipe-closed", "network");
      return more;
    } finally {
      cancel();
    }
  }
}
