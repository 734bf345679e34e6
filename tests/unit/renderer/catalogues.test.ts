import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { problemCodes } from "../../../core/contract/problems.ts";
import { createTranslator, directionOf, languages, pickLanguage } from "../../../renderer/locales/i18n.ts";
import { en } from "../../../renderer/locales/en.ts";

type Tree = { readonly [key: string]: string | Tree };

const root = path.join(import.meta.dirname, "../../..");
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flat(tree: Tree, prefix = ""): ReadonlyMap<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): (readonly [string, string])[] =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const keysOf = (tree: Tree): ReadonlySet<string> =>
  new Set([...flat(tree).keys()].map((key) => key.replace(PLURAL, "")));
const holesOf = (text: string): readonly string[] => (text.match(/\{\{\w+/g) ?? []).toSorted();

/** Words between tags, or in attributes that people see or hear, that did not come from a catalogue. */
function literalWords(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const told = new Set(["aria-label", "aria-description", "title", "alt", "label", "hint", "text", "closeLabel"]);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    const attribute = ts.isJsxAttribute(node) && told.has(node.name.getText(source)) ? node.initializer : undefined;
    if (attribute !== undefined && ts.isStringLiteral(attribute)) found.push(attribute.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe.each(languages)("the catalogue in $name", ({ tag, catalogue }) => {
  it("has every key of the English one and no other", () => {
    expect(keysOf(catalogue)).toEqual(keysOf(en));
  });

  it("has a form for every plural of the language", () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const keys = flat(catalogue);
    for (const key of [...flat(en).keys()].filter((name) => name.endsWith("_other"))) {
      for (const category of categories) expect([...keys.keys()]).toContain(key.replace(/other$/, category));
    }
  });

  it("fills the same holes as the English one and leaves no text empty", () => {
    const english = flat(en);
    for (const [key, text] of flat(catalogue)) {
      expect(text.trim(), key).not.toBe("");
      const model = english.get(key) ?? english.get(key.replace(PLURAL, "_other"));
      expect(holesOf(text), key).toEqual(holesOf(model ?? ""));
    }
  });

  it("says in words of its own what each problem is", () => {
    const t = createTranslator(tag).getFixedT(tag);
    const texts = problemCodes.map((code) => t(`problem.${code}`));
    expect(new Set(texts).size).toBe(problemCodes.length);
    for (const text of texts) expect(text).toMatch(/[.。!]$/u);
  });
});

describe("the language", () => {
  it("is the first wish that there is a catalogue for", () => {
    expect(pickLanguage(["sq", "de-AT", "en"])).toBe("de");
    expect(pickLanguage(["zh-CN"])).toBe("zh-Hans");
    expect(pickLanguage(["tlh"])).toBe("en");
  });

  it("knows which way it is written", () => {
    expect(directionOf("fa")).toBe("rtl");
    expect(directionOf("ru")).toBe("ltr");
  });

  it("counts in the digits and plural forms of the language", () => {
    expect(createTranslator("ru").t("participants.people", { count: 3 })).toBe("3 человека");
    expect(createTranslator("fa").t("participants.people", { count: 3 })).toBe("۳ نفر");
  });
});

describe("the screens", () => {
  it("hold no visible word that is not in the catalogue", () => {
    const files = globSync("renderer/**/*.tsx", { cwd: root });
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect(literalWords(path.join(root, file)), file).toEqual([]);
  });
});
