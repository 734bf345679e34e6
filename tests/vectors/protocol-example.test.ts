import { describe, expect, it } from "vitest";
import { printedParts, printParts, spelled, type Value } from "./example/page.ts";
import { workedExample } from "./example/meeting.ts";

const REWRITE = process.env["VIGIL_REWRITE_EXAMPLE"] === "1";

describe("the worked example of docs/protocol.md", () => {
  it("has exactly the bytes that the code makes", async () => {
    const worked = await workedExample();
    if (REWRITE) printParts(worked);
    const inWords = (values: Readonly<Record<string, Value>>): Record<string, string> =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, spelled(value)]));
    const made = Object.fromEntries(Object.entries(worked).map(([title, values]) => [title, inWords(values)]));
    expect(printedParts()).toEqual(made);
  });
});
