import type { BrowserWindow, Dialog } from "electron";

/** Asks the person for one file in the system's dialog; null when they choose none, or when there is no window to ask in. */
export async function chooseFile(
  dialog: Pick<Dialog, "showOpenDialog">,
  window: BrowserWindow | null,
): Promise<string | null> {
  if (window === null) return null;
  try {
    const { filePaths } = await dialog.showOpenDialog(window, { properties: ["openFile"] });
    return filePaths[0] ?? null;
  } catch {
    return null;
  }
}
