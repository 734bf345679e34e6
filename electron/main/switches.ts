import type { App } from "electron";
import type { WindowOptions } from "../options.ts";
import { quietSwitches } from "../quiet-chromium.ts";

/** Gives Electron's Chromium its switches; to be called before the app is ready. */
export function setSwitches(app: Pick<App, "commandLine">, options: WindowOptions, network: boolean): void {
  for (const [name, value] of quietSwitches({ network, fakeMedia: options.fakeMedia })) {
    if (value === null) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
}
