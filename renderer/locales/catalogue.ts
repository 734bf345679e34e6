import type { en } from "./en.ts";

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };

/** A catalogue in another language. Plural forms beyond one and other (`_few`, `_many`) may stand beside them. */
export type Catalogue = Texts<typeof en>;

/** Checks a catalogue's keys against English without losing the further plural forms. */
export function catalogue<C extends Catalogue>(texts: C): C {
  return texts;
}
