import type { Ending } from "../base/scope.ts";
import type { PeerId } from "./peer-id.ts";

/** What one `write` of a pipe takes at most, in bytes. */
export const MAX_PIPE_WRITE_BYTES = 512 * 1024;

/**
 * A byte stream to one peer, beside the links: for what is too large to be a message and may wait. Neither side holds more than
 * about a megabyte of it, however slowly the other reads or writes. Every promise rejects with `pipe-closed` once the pipe is broken.
 */
export interface Pipe {
  readonly peer: PeerId;
  /** Sends 1 to `MAX_PIPE_WRITE_BYTES` bytes, which must not be changed afterwards; resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  /** The next bytes in their order, as many as there are; null when the other side has ended. One call at a time. */
  read(): Promise<Uint8Array | null>;
  /** Nothing more will be written. What was written arrives. */
  end(): void;
  /** Closes both ways at once; what is under way is lost. Safe to call twice, and after `end`. */
  abort(): void;
}

/** The pipes of one node. */
export interface Pipes {
  /** Opens a pipe over a connection to a member that is there already; rejects with `pipe-unreachable` when there is none. */
  open(peer: PeerId): Promise<Pipe>;
  /** Takes the pipes that members open. Only those that the mesh was told of by `setMembers` can. */
  accept(listener: (pipe: Pipe) => void): Ending;
}
