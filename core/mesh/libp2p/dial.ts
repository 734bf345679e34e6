import type { Connection, Stream } from "@libp2p/interface";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { Clock } from "../../ports/clock.ts";
import { DIAL_LIMIT_MS } from "../limits.ts";
import type { NodeParts } from "./node.ts";
import { LINK_PROTOCOL } from "./protocol.ts";

const OPEN_STREAM_MS = 3_000;
const TURN_MS = 500;
const REUSE_HEAD_START_MS = 300;
/**
 * Each address starts this long after the one before, or as soon as that one failed (RFC 8305, section 5, with a shorter delay),
 * times the number of dials under way up to a limit: handshakes on every way to everybody at the very same moment
 * cost so much processor time that none of them ends in time.
 */
const NEXT_DIAL_MS = 20;
const MOST_PATIENT = 12;

export interface DialTask {
  readonly addresses: readonly Multiaddr[];
  /** Connections to the peer that are already there. They may be dead without knowing it. */
  readonly existing: readonly Connection[];
  readonly transports: NodeParts["transportManager"];
  readonly clock: Clock;
  /** How many dials are under way now, this one included. */
  readonly dialsUnderWay: () => number;
  /** Ends the dial when the mesh stops. */
  readonly signal: AbortSignal;
}

export interface Reached {
  readonly connection: Connection;
  readonly stream: Stream;
}

/**
 * Opens a link stream by whichever way answers first: all addresses side by side, after a short head start for connections that are there.
 * Null when none answered within `DIAL_LIMIT_MS`. Every other connection that the race made is closed.
 */
export async function raceToPeer(task: DialTask): Promise<Reached | null> {
  const race = new Race(task);
  try {
    return await race.run();
  } finally {
    race.end();
  }
}

class Race {
  readonly #task: DialTask;
  readonly #over = new AbortController();
  readonly #signal: AbortSignal;
  readonly #cancelLimit: () => void;
  #turn: Promise<unknown> = Promise.resolve();
  #won = false;

  constructor(task: DialTask) {
    this.#task = task;
    this.#signal = AbortSignal.any([task.signal, this.#over.signal]);
    this.#cancelLimit = task.clock.after(DIAL_LIMIT_MS, () => this.#over.abort());
  }

  async run(): Promise<Reached | null> {
    const reuse = this.#task.existing.map((connection) => this.#open(connection));
    try {
      return await Promise.any([...reuse, this.#dialAll(reuse)]);
    } catch {
      return null;
    }
  }

  end(): void {
    this.#cancelLimit();
    this.#over.abort();
  }

  async #dialAll(reuse: readonly Promise<Reached>[]): Promise<Reached> {
    if (reuse.length > 0) await this.#firstOf(reuse, REUSE_HEAD_START_MS);
    const attempts: Promise<Reached>[] = [];
    for (const address of this.#task.addresses) {
      if (this.#signal.aborted) break;
      const attempt = this.#dial(address);
      attempts.push(attempt);
      await this.#firstOf([attempt], NEXT_DIAL_MS * Math.min(this.#task.dialsUnderWay(), MOST_PATIENT));
    }
    return Promise.any(attempts);
  }

  async #dial(address: Multiaddr): Promise<Reached> {
    const connection = await this.#connect(address);
    // Several ways often answer within a moment: one opens its stream at a time, so that the peer sees one link.
    const before = this.#turn;
    const mine = this.#firstOf([before], TURN_MS).then(() => this.#open(connection));
    this.#turn = mine.catch(() => undefined);
    try {
      return await mine;
    } catch (failure) {
      connection.abort(new Error("another way was faster"));
      throw failure;
    }
  }

  // Each dial has a signal of its own that is let go of on success: a socket listens to the signal it was dialled with for life.
  async #connect(address: Multiaddr): Promise<Connection> {
    this.#signal.throwIfAborted();
    const own = new AbortController();
    const stop = (): void => own.abort();
    this.#signal.addEventListener("abort", stop);
    try {
      return await this.#task.transports.dial(address, { signal: own.signal });
    } finally {
      this.#signal.removeEventListener("abort", stop);
    }
  }

  async #open(connection: Connection): Promise<Reached> {
    this.#signal.throwIfAborted();
    const limit = AbortSignal.any([this.#signal, AbortSignal.timeout(OPEN_STREAM_MS)]);
    const stream = await connection.newStream(LINK_PROTOCOL, { signal: limit, runOnLimitedConnection: true });
    if (this.#won) {
      stream.abort(new Error("another way was faster"));
      throw new Error("another way was faster");
    }
    this.#won = true;
    this.#over.abort();
    return { connection, stream };
  }

  async #firstOf(attempts: readonly Promise<unknown>[], limitMs: number): Promise<void> {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#task.clock.after(limitMs, resolve);
    });
    await Promise.race([Promise.allSettled(attempts), limit]);
    cancel();
  }
}
