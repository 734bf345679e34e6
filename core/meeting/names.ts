import { UNSHOWABLE } from "../contract/clean-name.ts";
import { MAX_REFUSAL_CHARACTERS } from "../contract/limits.ts";

export { cleanName } from "../contract/clean-name.ts";

/** What two names have in common that people would take for one. */
export function comparable(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** Free text of others as it may be shown: line breaks stay, other control and direction characters go. */
export function cleanText(typed: string, maxCharacters: number): string {
  const lines = typed.replace(/\r\n?/gu, "\n").split("\n");
  return cutWhole(lines.map((line) => line.replace(/\t/gu, " ").replace(UNSHOWABLE, "")).join("\n"), maxCharacters);
}

/** A reason for a refusal as it may be shown. */
export function cleanRefusal(typed: string): string {
  return cleanText(typed, MAX_REFUSAL_CHARACTERS).trim();
}

/** Cuts to at most `max` UTF-16 units without halving a surrogate pair. */
function cutWhole(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
