import { MAX_NAME_CHARACTERS } from "./limits.ts";

/**
 * Control, formatting (which holds every direction override), private-use, unassigned and line-separating characters;
 * not the two joiners that Persian, Indic scripts and emoji are written with.
 */
export const UNSHOWABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Joiners that join nothing: they would make two different names look the same. */
const IDLE_JOINERS = /(?<![\p{L}\p{M}\p{Emoji}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{Emoji}])/gu;
/** Longer runs of combining marks climb over neighbouring lines. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
/** No more of what was typed is looked at, in characters. */
const LOOKED_AT = MAX_NAME_CHARACTERS * 16;

/**
 * A name as it may be shown, one's own and others': one line, no control or direction characters, at most `MAX_NAME_CHARACTERS`
 * long and cut at a whole visible character. May be empty.
 */
export function cleanName(typed: string): string {
  const shown = typed
    .slice(0, LOOKED_AT)
    .replace(/\s/gu, " ")
    .replace(UNSHOWABLE, "")
    .replace(STACKED_MARKS, "$1")
    .replace(IDLE_JOINERS, "")
    .replace(/ +/g, " ")
    .trim();
  let name = "";
  for (const { segment } of new Intl.Segmenter().segment(shown)) {
    if (name.length + segment.length > MAX_NAME_CHARACTERS) break;
    name += segment;
  }
  return name.replace(IDLE_JOINERS, "").trim();
}
