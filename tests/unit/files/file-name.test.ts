import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canRun, MAX_FILE_NAME_BYTES, numbered, safeFileName } from "../../../core/files/file-name.ts";

describe("the name of an offered file", () => {
  test.each([
    ["holiday.jpg", "holiday.jpg"],
    ["../../.ssh/authorized_keys", "authorized_keys"],
    ["/etc/passwd", "passwd"],
    ["C:\\Windows\\System32\\calc.exe", "calc.exe"],
    ["..", "file"],
    ["", "file"],
    ["...", "file"],
    [".bashrc", "bashrc"],
    ["con", "_con"],
    ["COM1.txt", "_COM1.txt"],
    ["nul.tar.gz", "_nul.tar.gz"],
    ["aux .log", "_aux.log"],
    ["invoice\u202Egnp.exe", "invoicegnp.exe"],
    ["a\u0000b\nc.txt", "abc.txt"],
    ["report.pdf. . ", "report.pdf"],
    ['what? "really" <yes>|no*.txt', "what_ _really_ _yes__no_.txt"],
    ["notes.txt:hidden", "notes.txt_hidden"],
    ["گزارش نهایی.pdf", "گزارش نهایی.pdf"],
    ["cafe\u0301.txt", "café.txt"],
  ])("%j is saved as %j", (offered, saved) => {
    expect(safeFileName(offered)).toBe(saved);
  });

  test("keeps its extension when it is too long", () => {
    const name = safeFileName(`${"ж".repeat(400)}.pdf`);
    expect(name.endsWith("ж.pdf")).toBe(true);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(MAX_FILE_NAME_BYTES);
  });

  test("is one safe part of a path, whatever was offered, and stays as it is when cleaned again", () => {
    const parts = fc.constantFrom(
      "..",
      "/",
      "\\",
      "CON",
      "nul",
      ".",
      " ",
      "\u202e",
      "\u0000",
      ":",
      "a",
      "é",
      "😀",
      ".exe",
      "lpt1",
    );
    const offered = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(parts, { maxLength: 12 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(offered, (given) => {
        const name = safeFileName(given);
        expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(name).not.toMatch(/^[. ]|[. ]$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu);
        expect(name.length).toBeGreaterThan(0);
        expect(new TextEncoder().encode(numbered(name, 1_000)).length).toBeLessThanOrEqual(255);
        expect(safeFileName(name)).toBe(name);
      }),
      { numRuns: 3_000 },
    );
  });

  test("gets a number before its extension beside another of its name", () => {
    expect(numbered("holiday.jpg", 2)).toBe("holiday (2).jpg");
    expect(numbered("LICENSE", 3)).toBe("LICENSE (3)");
  });
});

describe("what can run when it is opened", () => {
  test.each([
    "setup.exe",
    "a.PDF.SCR",
    "x.desktop",
    "run.sh",
    "page.html",
    "list.xlsm",
    "picture.svg",
    "installer",
    "a.lnk",
  ])("%j can", (name) => {
    expect(canRun(name)).toBe(true);
  });

  test.each(["holiday.jpg", "report.pdf", "song.mp3", "notes.txt", "exe.txt", "letter.docx"])("%j cannot", (name) => {
    expect(canRun(name)).toBe(false);
  });
});
