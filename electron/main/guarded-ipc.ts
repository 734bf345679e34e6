import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import type { Ending } from "../../core/base/scope.ts";
import { PAGE_READY } from "../../core/contract/port-words.ts";
import { APP_ORIGIN } from "../channels.ts";

/** Who may speak to main: the main frame of the app's own page, in this window. */
export function isOurPage(event: Pick<IpcMainEvent, "sender" | "senderFrame">, ours: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === ours && frame !== null && frame === ours.mainFrame && frame.origin === APP_ORIGIN;
}

/** Calls `listener` when the page of `ours` says that it can take its ports. Words from anybody else are dropped. */
export function onPageReady(ipcMain: Pick<IpcMain, "on" | "off">, ours: WebContents, listener: () => void): Ending {
  const receive = (event: IpcMainEvent): void => {
    if (isOurPage(event, ours)) listener();
  };
  ipcMain.on(PAGE_READY, receive);
  return () => void ipcMain.off(PAGE_READY, receive);
}
