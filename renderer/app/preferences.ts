import type { Appearance, Preferences } from "../features/context/surroundings.ts";
import { directionOf, isLanguageTag, pickLanguage } from "../locales/i18n.ts";

/** Language and appearance are all that this page keeps; nothing about a call ever is. */
const LANGUAGE = "vigil.language";
const APPEARANCE = "vigil.appearance";

function isAppearance(text: string | null): text is Appearance {
  return text === "system" || text === "light" || text === "dark";
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // A profile without storage: the choice holds until the window closes.
  }
}

/** The choices made earlier, else what system and browser say. */
export function readPreferences(): Preferences {
  const language = read(LANGUAGE);
  const appearance = read(APPEARANCE);
  return {
    language: isLanguageTag(language) ? language : pickLanguage(navigator.languages),
    appearance: isAppearance(appearance) ? appearance : "system",
  };
}

/** Keeps the choices as long as this page's storage lives. */
export function keepPreferences({ language, appearance }: Preferences): void {
  write(LANGUAGE, language);
  write(APPEARANCE, appearance);
}

/** Puts language, writing direction and appearance on the page itself, where styles and screen readers find them. */
export function applyPreferences(page: HTMLElement, { language, appearance }: Preferences): void {
  page.lang = language;
  page.dir = directionOf(language);
  if (appearance === "system") delete page.dataset["theme"];
  else page.dataset["theme"] = appearance;
}
