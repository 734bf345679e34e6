import type { Secret } from "../base/secret.ts";

/**
 * What it takes to be the same member of a meeting again when the host has died: held in memory by the window, which only hands it
 * to the next host. Its parts mean nothing to anybody else.
 */
export interface KeptPlace {
  /** Meeting secret, seed of the member key and seed of the peer key: 96 bytes. */
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
  /** Behind all earlier ones. */
  | { readonly type: "entries"; readonly entries: readonly Uint8Array[] }
  /** There is no meeting to return to: everything is to be wiped. */
  | { readonly type: "none" };
