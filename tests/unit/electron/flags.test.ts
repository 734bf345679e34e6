import { describe, expect, test } from "vitest";
import { windowSize } from "../../../electron/chromium/flags.ts";

describe("the size of a window without a screen", () => {
  const usual = { width: 1280, height: 800 };

  test.each([
    [[], usual],
    [["--mute-audio"], usual],
    [["--window-size=920,520"], { width: 920, height: 520 }],
    [["--window-size=920,520", "--mute-audio", "--window-size=360,640"], { width: 360, height: 640 }],
    [["--window-size=wide,high"], usual],
    [["--window-size=99999,1"], usual],
    [["--window-size=920,520,7"], usual],
  ])("with %j is %j", (chromiumArgs, size) => {
    expect(windowSize(chromiumArgs)).toEqual(size);
  });
});
