import type { ChannelMessage } from "../wire/channel-messages.ts";
import { MAX_EARLY_KEYS } from "./limits.ts";
import type { EarlyWord, Link } from "./state.ts";

/**
 * Keeps what was said on the strength of an admission that is not known here yet, for when it is: it is said once. Of several hellos
 * the last; keys only behind a hello. False for everything else, and beyond the limit.
 */
export function keepEarlyWord(link: Link, message: ChannelMessage): boolean {
  const [, ...keys] = link.early;
  if (message.type === "hello") link.early = [message, ...keys];
  else if (message.type !== "key" || link.early.length === 0 || keys.length >= MAX_EARLY_KEYS) return false;
  else link.early = [...link.early, message];
  return true;
}

/** Takes out what was kept. */
export function takeEarlyWords(link: Link): readonly EarlyWord[] {
  const words = link.early;
  link.early = [];
  return words;
}
