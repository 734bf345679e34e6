import type { Secret } from "../base/secret.ts";

/** Meeting secret, seed of the member key and seed of the peer key, of so many bytes each. */
export const PLACE_KEY_BYTES = 32;
export const PLACE_KEYS_BYTES = 3 * PLACE_KEY_BYTES;
/** The largest card, in bytes: every member with eight addresses of the longest. */
export const MAX_PLACE_CARD_BYTES = 1024 * 1024;
/** The largest log and the largest entry of one, in bytes: as many and as large as a log takes. */
export const MAX_PLACE_ENTRIES = 20_000;
export const MAX_PLACE_ENTRY_BYTES = 4096;
/** Entries in one part. */
export const MAX_PLACE_ENTRIES_AT_ONCE = 64;

/**
 * What it takes to be the same member of a meeting again when the host has died: held in memory by the window, which only hands it
 * to the next host. Its parts mean nothing to anybody else.
 */
export interface KeptPlace {
  /** `PLACE_KEYS_BYTES`. */
  readonly keys: Secret<"place-keys">;
  /** What changes now and then: names, choices, ways to the others. */
  readonly card: Uint8Array;
  /** The log, parents first. */
  readonly entries: readonly Uint8Array[];
}

/** One word of the host's about its place. The first of a meeting are `none`, `keys` and `card`. The taker copies what it keeps. */
export type PlacePart =
  /** The taker owns the keys, and wipes them. */
  | { readonly type: "keys"; readonly keys: Secret<"place-keys"> }
  /** In place of any earlier card. */
  | { readonly type: "card"; readonly card: Uint8Array }
  /** Behind all earlier ones; `MAX_PLACE_ENTRIES_AT_ONCE` at most. */
  | { readonly type: "entries"; readonly entries: readonly Uint8Array[] }
  /** There is no meeting to return to: everything is to be wiped. */
  | { readonly type: "none" };
