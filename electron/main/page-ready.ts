import { ipcMain, type WebContents } from "electron";
import type { Ending } from "../../core/base/scope.ts";
import { onPageReady } from "./guarded-ipc.ts";

/** The one place where main listens to pages. */
export function listenForPage(ours: WebContents, listener: () => void): Ending {
  return onPageReady(ipcMain, ours, listener);
}
