import { describe, expect, it, vi } from "vitest";
import type { BrowserWindow } from "electron";
import { chooseFile } from "../../../electron/main/file-dialog.ts";
import { double } from "../../support/electron-double.ts";

const window = double<BrowserWindow>({});

describe("the question for a file", () => {
  it("is the system's own, for one file, in the app's window", async () => {
    const showOpenDialog = vi.fn(() => Promise.resolve({ canceled: false, filePaths: ["/home/ada/timetable.pdf"] }));
    expect(await chooseFile({ showOpenDialog }, window)).toBe("/home/ada/timetable.pdf");
    expect(showOpenDialog).toHaveBeenCalledWith(window, { properties: ["openFile"] });
  });

  it("gives nothing when it is called off, cannot be asked, or there is no window", async () => {
    const off = { showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }) };
    const broken = { showOpenDialog: () => Promise.reject(new Error("no display")) };
    expect(await chooseFile(off, window)).toBeNull();
    expect(await chooseFile(broken, window)).toBeNull();
    expect(await chooseFile(off, null)).toBeNull();
  });
});
