import type { Ending } from "../base/scope.ts";
import type { Clock } from "../ports/clock.ts";
import type { Address } from "../ports/mesh.ts";
import { MAX_PLACE_ENTRIES_AT_ONCE, type PlacePart } from "../ports/place.ts";
import { encodeCard } from "./place-card.ts";
import { keysForPlace } from "./place-keys.ts";
import type { MeetingState, Session } from "./state.ts";

/** How old a card may get, in ms. */
const CARD_MS = 1_000;

/** Hands this person's place in a meeting to the window, part by part, so that the next host can take it should this one die. */
export class PlaceTeller {
  readonly #clock: Clock;
  readonly #keep: (part: PlacePart) => void;
  #session: Session | null = null;
  #entries = 0;
  #card = new Uint8Array();
  /** Where the others were when the card was made. */
  #ways: readonly (readonly Address[])[] = [];
  #cancelCard: Ending | null = null;

  constructor(clock: Clock, keep: (part: PlacePart) => void) {
    this.#clock = clock;
    this.#keep = keep;
  }

  /**
   * Hands up what a step has changed. To be called before its effects are carried out: no entry leaves this machine that the window
   * does not hold, so nobody who comes back contradicts what they wrote.
   */
  follow({ session }: MeetingState): void {
    const present = session?.entered === true ? session : null;
    if (present !== this.#session) this.#begin(present);
    if (present === null) return;
    const { entries } = present.log;
    while (this.#entries < entries.length) {
      const next = entries.slice(this.#entries, this.#entries + MAX_PLACE_ENTRIES_AT_ONCE);
      this.#entries += next.length;
      this.#keep({ type: "entries", entries: next.map(({ bytes }) => bytes) });
    }
    // Should this host and another die one after the other, each must know where the other is now.
    if (this.#haveMoved(present)) this.#tellCard(present);
    this.#cancelCard ??= this.#clock.after(CARD_MS, () => this.#tellCard(present));
  }

  /** Tells nothing more. */
  stop(): void {
    this.#cancelCard?.();
  }

  #begin(session: Session | null): void {
    this.#cancelCard?.();
    this.#cancelCard = null;
    this.#session = session;
    this.#entries = 0;
    this.#card.fill(0);
    this.#card = new Uint8Array();
    this.#keep({ type: "none" });
    if (session === null) return;
    this.#keep({ type: "keys", keys: keysForPlace(session) });
    this.#tellCard(session);
  }

  #haveMoved({ contacts }: Session): boolean {
    let place = 0;
    for (const { addresses } of contacts.values()) if (addresses !== this.#ways[place++]) return true;
    return false;
  }

  #tellCard(session: Session): void {
    this.#cancelCard?.();
    this.#cancelCard = null;
    if (session !== this.#session) return;
    this.#ways = [...session.contacts.values()].map(({ addresses }) => addresses);
    const card = encodeCard(session);
    const old = this.#card;
    this.#card = card;
    const same = old.length === card.length && old.every((byte, index) => byte === card[index]);
    old.fill(0);
    if (!same) this.#keep({ type: "card", card });
  }
}
