import { MAX_NAME_CHARACTERS } from "../../../core/contract/limits.ts";

/**
 * Control characters, halves of characters, line and paragraph separators, marks and overrides of direction, and invisible fillers.
 * The zero-width joiner and non-joiner stay: Persian and many emoji are spelled with them.
 */
const UNWANTED =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** No more of what was typed is looked at, in characters. */
const LOOKED_AT = MAX_NAME_CHARACTERS * 16;

/** A name as others may see it: without unwanted characters, with single spaces, cut to the limit at a whole visible character. */
export function cleanName(typed: string): string {
  const spaced = typed.slice(0, LOOKED_AT).replace(/\s/gu, " ").replace(UNWANTED, "").replace(/ +/g, " ").trim();
  let name = "";
  for (const { segment } of new Intl.Segmenter().segment(spaced)) {
    if (name.length + segment.length > MAX_NAME_CHARACTERS) break;
    name += segment;
  }
  return name.trim();
}
