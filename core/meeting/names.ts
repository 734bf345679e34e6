import { MAX_NAME_CHARACTERS } from "../contract/limits.ts";

/**
 * Control, formatting (which holds every direction override), private-use, unassigned and line-separating characters;
 * not the two joiners that Persian, Indic scripts and emoji are written with.
 */
const UNSHOWABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Joiners that join nothing: they would make two different names look the same. */
const IDLE_JOINERS = /(?<![\p{L}\p{M}\p{Emoji}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{Emoji}])/gu;
/** Longer runs of combining marks climb over neighbouring lines. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** A name as it may be shown: one line, no control or direction characters, at most `MAX_NAME_CHARACTERS` long. May be empty. */
export function cleanName(typed: string): string {
  const shown = typed
    .slice(0, MAX_NAME_CHARACTERS * 16)
    .replace(/\s+/gu, " ")
    .replace(UNSHOWABLE, "")
    .replace(IDLE_JOINERS, "")
    .replace(STACKED_MARKS, "$1")
    .trim();
  return cutWhole(shown, MAX_NAME_CHARACTERS).trim();
}

/** Free text of others as it may be shown: line breaks stay, other control and direction characters go. */
export function cleanText(typed: string, maxCharacters: number): string {
  const lines = typed.replace(/\r\n?/gu, "\n").split("\n");
  return cutWhole(lines.map((line) => line.replace(/\t/gu, " ").replace(UNSHOWABLE, "")).join("\n"), maxCharacters);
}

/** Cuts to at most `max` UTF-16 units without halving a surrogate pair. */
function cutWhole(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
