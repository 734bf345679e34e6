import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toHex } from "../../../core/base/bytes.ts";

const PAGE = fileURLToPath(new URL("../../../docs/protocol.md", import.meta.url));
const BLOCK = /```example ([a-z ]+)\n([^`]*)```/g;
/** Characters of a value on one line. */
const LINE = 96;

/** Bytes, or text that is printed in quotation marks. */
export type Value = Uint8Array | string;
/** The values of each part of the example, by the names that the page gives them. */
export type Parts = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** The example as `docs/protocol.md` prints it: the values of every block, by its title. */
export function printedParts(): Record<string, Record<string, string>> {
  const parts: Record<string, Record<string, string>> = {};
  for (const [, title = "", lines = ""] of readFileSync(PAGE, "utf8").matchAll(BLOCK)) {
    const joined = lines.replaceAll(/\n {2}/g, "");
    const values = joined.split("\n").flatMap((line): [string, string][] => {
      const [name, value] = line.split(": ");
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
    parts[title] = Object.fromEntries(values);
  }
  return parts;
}

export function spelled(value: Value): string {
  return typeof value === "string" ? `"${value}"` : toHex(value);
}

/** Puts these values into the blocks of the page that bear their titles. */
export function printParts(parts: Parts): void {
  const page = readFileSync(PAGE, "utf8").replaceAll(BLOCK, (_block, title: string) => {
    const lines = Object.entries(parts[title] ?? {}).map(([name, value]) => wrapped(`${name}: ${spelled(value)}`));
    return `\`\`\`example ${title}\n${lines.join("\n")}\n\`\`\``;
  });
  writeFileSync(PAGE, page);
}

/** Long values go on in lines that begin with two spaces. */
function wrapped(line: string): string {
  const lines = [line.slice(0, LINE)];
  for (let start = LINE; start < line.length; start += LINE) lines.push(`  ${line.slice(start, start + LINE)}`);
  return lines.join("\n");
}
