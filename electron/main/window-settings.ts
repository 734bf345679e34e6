import type { BrowserWindowConstructorOptions, Session } from "electron";

export interface WindowSettings {
  readonly preload: string;
  readonly session: Session;
  readonly packaged: boolean;
  readonly headless: boolean;
}

/** How the app's window is made: the page is sandboxed, sees no Node and nothing of Electron. */
export function windowSettings({
  preload,
  session,
  packaged,
  headless,
}: WindowSettings): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    minWidth: 360,
    minHeight: 480,
    title: "Vigil",
    show: !headless,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !packaged,
      // Sound and picture of a call go on while another window is in front.
      backgroundThrottling: false,
      autoplayPolicy: "no-user-gesture-required",
    },
  };
}
