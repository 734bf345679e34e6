import type { Connection, Stream } from "@libp2p/interface";
import { VigilError } from "../../base/errors.ts";
import { Emitter } from "../../base/emitter.ts";
import type { Ending } from "../../base/scope.ts";
import type { PeerId } from "../../ports/mesh.ts";
import type { Pipe, Pipes } from "../../ports/pipes.ts";
import { MAX_PIPES_PER_PEER } from "../limits.ts";
import { StreamPipe } from "./pipe.ts";
import { PIPE_PROTOCOL } from "./protocol.ts";

const OPEN_LIMIT_MS = 5_000;

/** The open pipes of one node. */
export class StreamPipes implements Pipes {
  readonly #connections: () => readonly Connection[];
  readonly #listeners = new Emitter<Pipe>();
  readonly #open = new Set<StreamPipe>();

  constructor(connections: () => readonly Connection[]) {
    this.#connections = connections;
  }

  async open(peer: PeerId): Promise<Pipe> {
    const own = this.#connections().filter((one) => one.remotePeer.toString() === peer && one.status === "open");
    // The newest is the least likely to be dead without knowing it.
    for (const connection of own.toReversed()) {
      const signal = AbortSignal.timeout(OPEN_LIMIT_MS);
      const stream = await connection
        .newStream(PIPE_PROTOCOL, { signal, runOnLimitedConnection: true })
        .catch(() => null);
      if (stream !== null) return this.#hold(stream, connection);
    }
    throw new VigilError("pipe-unreachable", "network");
  }

  accept(listener: (pipe: Pipe) => void): Ending {
    return this.#listeners.subscribe(listener);
  }

  /** Takes a stream that somebody opened, or refuses it when they hold enough of them. */
  opened(stream: Stream, connection: Connection): void {
    const held = [...this.#open].filter((pipe) => pipe.connection.remotePeer.equals(connection.remotePeer)).length;
    if (held >= MAX_PIPES_PER_PEER) stream.abort(new Error("too many pipes"));
    else this.#listeners.emit(this.#hold(stream, connection));
  }

  /** Cuts the pipes to whoever is no member any more. */
  keepOnly(members: ReadonlySet<string>): void {
    for (const pipe of [...this.#open]) if (!members.has(pipe.peer)) pipe.abort();
  }

  abortAll(): void {
    for (const pipe of [...this.#open]) pipe.abort();
  }

  #hold(stream: Stream, connection: Connection): StreamPipe {
    const pipe: StreamPipe = new StreamPipe({ stream, connection, onClosed: () => this.#open.delete(pipe) });
    this.#open.add(pipe);
    pipe.start();
    return pipe;
  }
}
