import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { de } from "./de.ts";
import { fa } from "./fa.ts";
import { ru } from "./ru.ts";
import { zhHans } from "./zh-hans.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** The languages of the app, each with its own name for itself and its writing direction. */
export const languages = [
  { tag: "en", name: "English", direction: "ltr", catalogue: en },
  { tag: "de", name: "Deutsch", direction: "ltr", catalogue: de },
  { tag: "fa", name: "فارسی", direction: "rtl", catalogue: fa },
  { tag: "ru", name: "Русский", direction: "ltr", catalogue: ru },
  { tag: "zh-Hans", name: "简体中文", direction: "ltr", catalogue: zhHans },
] as const;

export type LanguageTag = (typeof languages)[number]["tag"];

/** Whether there is a catalogue of this name. */
export function isLanguageTag(tag: unknown): tag is LanguageTag {
  return languages.some((language) => language.tag === tag);
}

/** The first of the wished languages that there is a catalogue for, English if there is none. */
export function pickLanguage(wished: readonly string[]): LanguageTag {
  for (const wish of wished) {
    const base = wish.toLowerCase().split("-")[0];
    const found = languages.find(({ tag }) => tag.toLowerCase() === wish.toLowerCase() || tag.split("-")[0] === base);
    if (found !== undefined) return found.tag;
  }
  return "en";
}

/** Which way a language is written. */
export function directionOf(tag: LanguageTag): "ltr" | "rtl" {
  return languages.find((language) => language.tag === tag)?.direction ?? "ltr";
}

/** Makes the translator. All catalogues are in the bundle, so it is ready at once and nothing is fetched. */
export function createTranslator(tag: LanguageTag): i18n {
  const translator = i18next.createInstance();
  const resources = Object.fromEntries(
    languages.map((language) => [language.tag, { translation: language.catalogue }]),
  );
  void translator.use(initReactI18next).init({
    lng: tag,
    fallbackLng: "en",
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return translator;
}
