import type { Ending } from "../core/base/scope.ts";
import { Secret } from "../core/base/secret.ts";
import type { FromHost, ToHost } from "./host/control.ts";

/** How long after the death of its host a place is held, in ms. */
export const PLACE_MS = 2 * 60_000;
/** The largest place that is held, in bytes: a log of thousands of entries. Whoever has a longer one comes back as somebody new. */
export const MAX_PLACE_BYTES = 4 * 1024 * 1024;

type Part = Extract<FromHost, { type: "keep-place" }>["part"];
type Return = Extract<ToHost, { type: "return" }>;

/** Calls back after a time; the ending cancels it. */
export type After = (delayMs: number, callback: () => void) => Ending;

/** `After` on this process's own clock; it keeps no process alive. */
export const wait: After = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs).unref();
  return () => clearTimeout(timer);
};

/**
 * Holds, in this process's memory and nowhere else, the place that a host has in a meeting, for the next host should this one die.
 * Every end wipes it: the host's word that the meeting is over, a use, two minutes without one, and `forget`.
 */
export class PlaceKeeper {
  readonly #after: After;
  #keys: Secret<"place-keys"> | null = null;
  #card = new Uint8Array();
  #entries: Uint8Array[] = [];
  #bytes = 0;
  #cancelEnd: Ending = () => undefined;

  constructor(after: After) {
    this.#after = after;
  }

  /** Takes what a host says about its place, copied; what came is wiped. */
  take(part: Part): void {
    switch (part.type) {
      case "none":
        return this.forget();
      case "keys":
        this.forget();
        this.#keys = new Secret("place-keys", moved(part.keys));
        return;
      case "card":
        this.#bytes += part.card.length - this.#card.length;
        this.#card.fill(0);
        this.#card = moved(part.card);
        break;
      case "entries":
        for (const entry of part.entries) {
          this.#bytes += entry.length;
          this.#entries.push(moved(entry));
        }
    }
    // What is too long, or belongs to nobody, is not kept in part.
    if (this.#keys === null || this.#bytes > MAX_PLACE_BYTES) this.forget();
  }

  /** The host has died: from now on the time runs. */
  hostDied(): void {
    this.#cancelEnd();
    this.#cancelEnd = this.#after(PLACE_MS, () => this.forget());
  }

  /** Gives the place to `post`, which must be done with it when it returns, and wipes it. Without a place nothing happens. */
  spend(post: (place: Return) => void): void {
    const [keys, card, entries] = [this.#keys, this.#card, this.#entries];
    this.#empty();
    try {
      if (keys !== null && card.length > 0) post({ type: "return", keys: keys.reveal(), card, entries });
    } finally {
      wipe(keys, [card, ...entries]);
    }
  }

  /** Wipes everything that is held. Safe at any time. */
  forget(): void {
    wipe(this.#keys, [this.#card, ...this.#entries]);
    this.#empty();
  }

  #empty(): void {
    this.#cancelEnd();
    this.#keys = null;
    this.#card = new Uint8Array();
    this.#entries = [];
    this.#bytes = 0;
  }
}

function wipe(keys: Secret | null, rest: readonly Uint8Array[]): void {
  keys?.wipe();
  for (const bytes of rest) bytes.fill(0);
}

/** A copy; the bytes that came are wiped. */
function moved(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  bytes.fill(0);
  return copy;
}
