import { Secret } from "../../core/base/secret.ts";
import type { KeptPlace, PlacePart } from "../../core/ports/place.ts";
import type { FromHost, ToHost } from "./control.ts";

/** Hands a part of this host's place to the window. `post` copies what it is given; keys are wiped here then. */
export function keepPlace(post: (word: FromHost) => void, part: PlacePart): void {
  if (part.type === "keys") {
    post({ type: "keep-place", part: { type: "keys", keys: part.keys.reveal() } });
    part.keys.wipe();
  } else if (part.type === "entries") {
    post({ type: "keep-place", part: { type: "entries", entries: [...part.entries] } });
  } else post({ type: "keep-place", part });
}

/** Lets `take` have the place that the window hands back, and wipes it. */
export function takePlace(word: Extract<ToHost, { type: "return" }>, take: (place: KeptPlace) => void): void {
  const { card, entries } = word;
  const keys = new Secret("place-keys", Uint8Array.from(word.keys));
  word.keys.fill(0);
  take({ keys, card, entries });
  keys.wipe();
  card.fill(0);
}
