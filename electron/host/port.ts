import type { Ending } from "../../core/base/scope.ts";
import type { KeptPlace } from "../../core/ports/place.ts";

/** One end of a two-way message port, whatever carries it. Messages are JSON values. */
export interface Port {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): Ending;
  close(): void;
}

/** The host as the window that runs it sees it. */
export interface Host {
  /** A page is there, or is there again after a reload: the ports replace any earlier page's. */
  attachPage(contract: Port): void;
  /** A frames worker is there, or is there again. It gets fresh keys: a counter never starts twice under one key. */
  attachFrames(keys: Port): void;
  /** The place that a host had in a meeting when it died; only before anything else. Whatever is needed of it is copied. */
  returnTo(place: KeptPlace): void;
  /** A `vigil://` link that the system, the command line or a second start handed over. */
  openExternalInvite(link: string): void;
  /** Leaves the meeting if there is one, wipes every key and closes the mesh. */
  stop(): Promise<void>;
}
