import type { Connection, Stream } from "@libp2p/interface";
import { Scope } from "../../base/scope.ts";
import type { Clock } from "../../ports/clock.ts";
import { type LinkId, MAX_QUEUED_BYTES } from "../../ports/mesh.ts";
import { checkSizes, FrameReader, keepAliveFrame, packed } from "../framing.ts";
import { KEEP_ALIVE_MS, SILENCE_LIMIT_MS } from "../limits.ts";
import { every } from "../ticker.ts";

const CHECK_MS = KEEP_ALIVE_MS / 2;
const FAREWELL_MS = 3_000;

export interface LinkInit {
  readonly id: LinkId;
  readonly stream: Stream;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly onMessage: (message: Uint8Array) => void;
  readonly onClosed: () => void;
}

/** One message link on one stream of `/vigil/link/1`. */
export class StreamLink {
  readonly id: LinkId;
  readonly connection: Connection;
  readonly #init: LinkInit;
  readonly #stream: Stream;
  readonly #scope = new Scope();
  readonly #reader: FrameReader;
  #leaving = false;
  #closed = false;
  #quietChecks = 0;
  #idleChecks = 0;

  constructor(init: LinkInit) {
    this.id = init.id;
    this.connection = init.connection;
    this.#init = init;
    this.#stream = init.stream;
    this.#reader = new FrameReader((message) => {
      if (!this.#leaving) init.onMessage(message);
    });
  }

  /** Starts to listen. What the stream already holds comes after this call. */
  start(): void {
    const stream = this.#stream;
    stream.inactivityTimeout = Number.POSITIVE_INFINITY;
    const onData = (event: { data: Uint8Array | Iterable<Uint8Array> }): void => this.#read(event.data);
    const onFarewell = (): void => this.#answerFarewell();
    const onClose = (): void => this.#finish();
    stream.addEventListener("message", onData);
    stream.addEventListener("remoteCloseWrite", onFarewell);
    stream.addEventListener("close", onClose);
    this.#scope.add(() => stream.removeEventListener("message", onData));
    this.#scope.add(() => stream.removeEventListener("remoteCloseWrite", onFarewell));
    this.#scope.add(() => stream.removeEventListener("close", onClose));
    this.#scope.add(every(this.#init.clock, CHECK_MS, () => this.#check()));
    if (stream.status !== "open") this.#finish();
    else if (stream.remoteWriteStatus === "closed") queueMicrotask(onFarewell);
  }

  /** Queues messages; see `Mesh.send`. */
  send(messages: readonly Uint8Array[]): void {
    checkSizes(messages);
    for (const piece of packed(messages)) {
      if (this.#leaving || this.#closed) return;
      this.#write(piece);
    }
  }

  /** Sends what is queued, says goodbye and closes; a peer that does not answer is not waited for long. */
  close(): void {
    if (this.#leaving || this.#closed) return;
    this.#leaving = true;
    this.#stream.close({ signal: AbortSignal.timeout(FAREWELL_MS) }).catch(() => this.abort("farewell failed"));
    this.#scope.add(this.#init.clock.after(FAREWELL_MS, () => this.abort("no farewell")));
  }

  /** Closes at once; what is queued is lost. */
  abort(reason: string): void {
    if (this.#closed) return;
    this.#leaving = true;
    this.#stream.abort(new Error(reason));
    this.#finish();
  }

  #read(data: Uint8Array | Iterable<Uint8Array>): void {
    this.#quietChecks = 0;
    for (const part of data instanceof Uint8Array ? [data] : data) {
      if (this.#closed) return;
      if (this.#reader.read(part) === "broken") this.abort("broken framing");
    }
  }

  #write(bytes: Uint8Array): void {
    if (this.#stream.writeBufferLength + bytes.length > MAX_QUEUED_BYTES) {
      this.abort("queue overflow");
      return;
    }
    this.#idleChecks = 0;
    try {
      this.#stream.send(bytes);
    } catch {
      this.abort("stream closed");
    }
  }

  #answerFarewell(): void {
    this.#leaving = true;
    this.#stream.close({ signal: AbortSignal.timeout(FAREWELL_MS) }).then(
      () => this.#finish(),
      () => this.abort("farewell failed"),
    );
  }

  // Counts checks and not time: a machine that slept must not take its own silence for the peer's.
  #check(): void {
    this.#quietChecks++;
    this.#idleChecks++;
    if (this.#quietChecks * CHECK_MS > SILENCE_LIMIT_MS) {
      this.connection.abort(new Error("silent peer"));
      this.abort("silent peer");
    } else if (this.#idleChecks * CHECK_MS >= KEEP_ALIVE_MS && !this.#leaving && this.#stream.writeBufferLength === 0) {
      this.#write(keepAliveFrame());
    }
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scope.end();
    this.#init.onClosed();
  }
}
