import type { Look } from "../../core/contract/settings.ts";
import { directionOf, isLanguageTag, pickLanguage, type LanguageTag } from "../locales/i18n.ts";

/** The language to show: the chosen one, else the first that the system wishes and that there is a catalogue for. */
export function languageOf({ language }: Look): LanguageTag {
  return isLanguageTag(language) ? language : pickLanguage(navigator.languages);
}

/** Puts language, writing direction and appearance on the page itself, where styles and screen readers find them. */
export function applyLook(page: HTMLElement, look: Look): void {
  const language = languageOf(look);
  page.lang = language;
  page.dir = directionOf(language);
  if (look.appearance === "system") delete page.dataset["theme"];
  else page.dataset["theme"] = look.appearance;
}
