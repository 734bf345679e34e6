import * as v from "valibot";
import { MAX_INVITE_CHARACTERS } from "../../core/contract/limits.ts";
import {
  MAX_PLACE_CARD_BYTES,
  MAX_PLACE_ENTRIES,
  MAX_PLACE_ENTRIES_AT_ONCE,
  MAX_PLACE_ENTRY_BYTES,
  PLACE_KEYS_BYTES,
} from "../../core/ports/place.ts";

/** A key, or what a keychain made of it, in base64url: at most 4 KiB. */
const kept = v.pipe(v.string(), v.maxLength(5462));
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const placeKeys = v.pipe(bytes, v.length(PLACE_KEYS_BYTES));
const placeCard = v.pipe(bytes, v.minLength(1), v.maxLength(MAX_PLACE_CARD_BYTES));
const logEntry = v.pipe(bytes, v.maxLength(MAX_PLACE_ENTRY_BYTES));
const question = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/**
 * The control messages between a window and the host, and how many ports travel with each.
 * Both ends check what arrives against this one table.
 */
export const toHost = v.variant("type", [
  /** A page is there: one port, its contract. */
  v.strictObject({ type: v.literal("attach-page") }),
  /** A frames worker is there: one port, its keys. */
  v.strictObject({ type: v.literal("attach-frames") }),
  v.strictObject({ type: v.literal("open-invite"), link: v.pipe(v.string(), v.maxLength(2 * MAX_INVITE_CHARACTERS)) }),
  /** What the system's keychain gave; null if it gave nothing. */
  v.strictObject({ type: v.literal("keychain-answer"), id: question, data: v.nullable(kept) }),
  /** The file that the person chose; null for none. */
  v.strictObject({
    type: v.literal("file-chosen"),
    id: question,
    path: v.nullable(v.pipe(v.string(), v.maxLength(32_768))),
  }),
  /** The place in a meeting of a host that died, to a host that has just started; before anything else. */
  v.strictObject({
    type: v.literal("return"),
    keys: placeKeys,
    card: placeCard,
    entries: v.pipe(v.array(logEntry), v.maxLength(MAX_PLACE_ENTRIES)),
  }),
  /** Leave, wipe, answer `stopped` and exit. */
  v.strictObject({ type: v.literal("stop") }),
]);
export type ToHost = v.InferOutput<typeof toHost>;

export const fromHost = v.variant("type", [
  /** The first snapshot has been posted to the page attached last. */
  v.strictObject({ type: v.literal("page-served") }),
  /** Whether there is a keychain, or something for it to wrap or to turn back. Answered by `keychain-answer`. */
  v.strictObject({
    type: v.literal("keychain"),
    id: question,
    ask: v.picklist(["available", "wrap", "unwrap"]),
    data: kept,
  }),
  /** The person wants to choose a file. Answered by `file-chosen`. */
  v.strictObject({ type: v.literal("choose-file"), id: question }),
  /**
   * What it takes to be the same member again, for the next host should this one die: keys first, then the card and the log's entries.
   * `none` ends it. Held in the window's memory only, and wiped there.
   */
  v.strictObject({
    type: v.literal("keep-place"),
    part: v.variant("type", [
      v.strictObject({ type: v.literal("keys"), keys: placeKeys }),
      v.strictObject({ type: v.literal("card"), card: placeCard }),
      v.strictObject({
        type: v.literal("entries"),
        entries: v.pipe(v.array(logEntry), v.maxLength(MAX_PLACE_ENTRIES_AT_ONCE)),
      }),
      v.strictObject({ type: v.literal("none") }),
    ]),
  }),
  /** The person wants the app gone: its window now, the rest as soon as can be. */
  v.strictObject({ type: v.literal("end-app") }),
  v.strictObject({ type: v.literal("stopped") }),
]);
export type FromHost = v.InferOutput<typeof fromHost>;

/** How many ports must come with a message. */
export const portsWith: Readonly<Record<ToHost["type"], number>> = {
  "attach-page": 1,
  "attach-frames": 1,
  "open-invite": 0,
  "keychain-answer": 0,
  "file-chosen": 0,
  return: 0,
  stop: 0,
};
