import { describe, expect, it } from "vitest";
import { readArguments, wordsForApp } from "../../../electron/main/arguments.ts";
import { parseOptions } from "../../../electron/options.ts";

function complaint(args: string[]): string {
  const parsed = parseOptions(args);
  if (parsed.ok) throw new Error(`accepted: ${args.join(" ")}`);
  expect(parsed.error).toMatchObject({ code: "bad-option", fault: "user" });
  return parsed.error.message;
}

describe("the options of npm start", () => {
  it("have defaults", () => {
    expect(parseOptions([])).toEqual({
      ok: true,
      value: { profile: null, headless: false, fakeMedia: null, debugPort: null, chromiumArgs: [], invite: null },
    });
  });

  it("are all read, in both spellings", () => {
    const args = ["--profile", "/p", "--window=chromium", "--headless", "--fake-media=/f.y4m", "--debug-port", "9222"];
    const rest = ["--chromium-arg", "--a=b", "--chromium-arg=--c", "--invite", "vigil://join/#x"];
    expect(parseOptions([...args, ...rest])).toEqual({
      ok: true,
      value: {
        profile: "/p",
        headless: true,
        fakeMedia: { file: "/f.y4m" },
        debugPort: 9222,
        chromiumArgs: ["--a=b", "--c"],
        invite: "vigil://join/#x",
      },
    });
  });

  it("take no film after a bare --fake-media", () => {
    expect(parseOptions(["--fake-media", "--headless"])).toMatchObject({
      value: { fakeMedia: { file: null }, headless: true },
    });
  });

  it.each([
    [["--nonsense"], /^Unknown option '--nonsense'\. The options are /],
    [["stray"], /stray/],
    [["--window", "safari"], /--window is electron or chromium, not safari\./],
    [["--debug-port", "0"], /from 1 to 65535/],
    [["--debug-port", "65536"], /from 1 to 65535/],
    [["--debug-port", "9222x"], /from 1 to 65535/],
    [["--profile="], /--profile needs/],
    [["--profile"], /profile/],
    [["--headless=yes"], /headless/],
  ])("%j end in a clear sentence", (args, sentence) => {
    expect(complaint(args)).toMatch(sentence);
  });
});

describe("the command line of Electron", () => {
  it("may hold an invite alone, as systems put it there", () => {
    expect(readArguments(["vigil://join/#abc"], true)).toMatchObject({
      ok: true,
      value: { invite: "vigil://join/#abc" },
    });
    expect(readArguments(["--invite", "vigil://join/#abc"], false)).toMatchObject({
      value: { invite: "vigil://join/#abc" },
    });
  });

  it("begins after the program, or after the app's folder where Electron is given one", () => {
    expect(wordsForApp(["/usr/bin/vigil", "vigil://join/#x"], { packaged: true, path: "/opt/app.asar" })).toEqual([
      "vigil://join/#x",
    ]);
    const argv = ["/electron", "--no-sandbox", "--inspect=0", "/work/app", "--headless"];
    expect(wordsForApp(argv, { packaged: false, path: "/work/app" })).toEqual(["--headless"]);
  });

  it("passes over foreign words only in a packaged app", () => {
    const words = ["--ozone-platform=wayland", "--profile", "/p", "stray"];
    expect(readArguments(words, true)).toMatchObject({ ok: true, value: { profile: "/p" } });
    expect(readArguments(words, false).ok).toBe(false);
  });

  it("refuses what belongs to the Chromium window", () => {
    for (const words of [
      ["--debug-port", "9222"],
      ["--chromium-arg", "--x"],
    ]) {
      const read = readArguments(words, false);
      expect(read.ok ? "" : read.error.message).toMatch(/--window chromium/);
    }
  });
});
