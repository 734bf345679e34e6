import { join } from "node:path";
import type * as electronModule from "electron";
import type { BrowserWindow, UtilityProcess, WebContents } from "electron";
import type { Ending } from "../../core/base/scope.ts";
import { PORTS } from "../../core/contract/port-words.ts";
import { APP_ORIGIN } from "../channels.ts";
import type { WindowOptions } from "../options.ts";
import type { PageFile } from "../page-files.ts";
import { serveAppScheme } from "./app-scheme.ts";
import { DEEP_LINK_SCHEME, inviteIn } from "./deep-links.ts";
import { chooseFile } from "./file-dialog.ts";
import { guardDisplayMedia } from "./display-picker.ts";
import { HostKeeper } from "./host-keeper.ts";
import { askKeychain } from "./keychain.ts";
import { guardNavigation } from "./navigation.ts";
import { guardNetwork } from "./network.ts";
import { guardPermissions } from "./permissions.ts";
import { wait } from "../place-keeper.ts";
import { windowSettings } from "./window-settings.ts";

type Electron = Pick<
  typeof electronModule,
  | "app"
  | "BrowserWindow"
  | "desktopCapturer"
  | "dialog"
  | "Menu"
  | "MessageChannelMain"
  | "safeStorage"
  | "session"
  | "utilityProcess"
>;

export interface AppRunSettings {
  readonly options: WindowOptions;
  /** The folder of built parts. */
  readonly dist: string;
  /** Prints one line on standard output. */
  readonly print: (line: string) => void;
  /** Calls `listener` whenever this very page says that it can take ports. */
  readonly listenForPage: (ours: WebContents, listener: () => void) => Ending;
}

/** How long the host may take to leave its meeting when the app ends. */
const STOP_LIMIT_MS = 3000;

/** One run of the app: its lock, its window, its host and its end. */
export class AppRun {
  readonly #electron: Electron;
  readonly #settings: AppRunSettings;
  readonly #hosts: HostKeeper;
  #window: BrowserWindow | null = null;
  /** An invite that came before the window was there. */
  #early: string | null;
  #announced = false;
  #stopped = false;

  constructor(electron: Electron, settings: AppRunSettings) {
    this.#electron = electron;
    this.#settings = settings;
    this.#early = settings.options.invite;
    this.#hosts = new HostKeeper({
      fork: () => this.#forkHost(),
      makeChannel: () => new electron.MessageChannelMain(),
      stopLimitMs: STOP_LIMIT_MS,
      after: wait,
      onPageServed: () => this.#announce(),
      onEndApp: () => {
        // Unlike closing, this asks nobody; with its last window the app ends.
        this.#window?.destroy();
      },
      chooseFile: () => chooseFile(electron.dialog, this.#window),
      askKeychain: (asked) => askKeychain(electron.safeStorage, asked, process.platform),
    });
  }

  /** Takes the profile for this run. False when another run has it; that one gets our command line, and so our invite. */
  claim(profile: string): boolean {
    const { app } = this.#electron;
    app.setPath("userData", profile);
    app.setPath("sessionData", join(profile, "chromium"));
    if (!app.requestSingleInstanceLock()) return false;
    app.on("second-instance", (_event, words) => {
      const invite = inviteIn(words);
      if (invite !== null) this.#takeInvite(invite);
      this.#show();
    });
    app.on("open-url", (event, link) => {
      event.preventDefault();
      const invite = inviteIn([link]);
      if (invite !== null) this.#takeInvite(invite);
    });
    app.on("window-all-closed", () => app.quit());
    app.on("before-quit", (event) => this.#beforeQuit(event));
    app.on("web-contents-created", (_event, contents) => guardNavigation(contents));
    return true;
  }

  /** Opens the window; the app must be ready. */
  open(files: ReadonlyMap<string, PageFile>): void {
    const { app, BrowserWindow: Window, desktopCapturer, Menu, session } = this.#electron;
    if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
    this.#hosts.start();
    // A partition without `persist:` lives in memory only.
    const own = session.fromPartition("vigil", { cache: false });
    serveAppScheme(own.protocol, files);
    guardPermissions(own);
    guardNetwork(own);
    guardDisplayMedia(own, { desktopCapturer, Menu }, () => this.#window);
    const window = new Window(
      windowSettings({
        preload: join(this.#settings.dist, "preload", "preload.cjs"),
        session: own,
        packaged: app.isPackaged,
        headless: this.#settings.options.headless,
      }),
    );
    this.#window = window;
    window.webContents.setWebRTCIPHandlingPolicy("default");
    // Windows and macOS leave it out of every picture that another program takes of the screen.
    window.setContentProtection(true);
    const ending = this.#settings.listenForPage(window.webContents, () => {
      window.webContents.postMessage(PORTS, null, [...this.#hosts.attach()]);
      this.#giveEarlyInvite();
    });
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      if (reason !== "clean-exit") window.webContents.reload();
    });
    window.once("closed", () => {
      ending();
      this.#window = null;
    });
    window.loadURL(`${APP_ORIGIN}/`).catch((failure: unknown) => {
      this.#settings.print(`The page could not be loaded: ${String(failure)}`);
    });
  }

  #forkHost(): UtilityProcess {
    const { app, utilityProcess } = this.#electron;
    return utilityProcess.fork(
      join(this.#settings.dist, "host", "entry.js"),
      ["--profile", app.getPath("userData"), "--downloads", app.getPath("downloads")],
      {
        serviceName: "vigil-host",
        execArgv: ["--max-semi-space-size=8"],
        stdio: "inherit",
      },
    );
  }

  #takeInvite(invite: string): void {
    if (this.#window === null) this.#early = invite;
    else this.#hosts.openInvite(invite);
  }

  #giveEarlyInvite(): void {
    if (this.#early === null) return;
    this.#hosts.openInvite(this.#early);
    this.#early = null;
  }

  #show(): void {
    if (this.#window === null || this.#settings.options.headless) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  #announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    this.#settings.print(`VIGIL READY ${JSON.stringify({ window: "electron", pid: process.pid, debugPort: null })}`);
  }

  // The first quit waits for the host; the second, ours, goes through.
  #beforeQuit(event: { preventDefault(): void }): void {
    if (this.#stopped) return;
    event.preventDefault();
    const finish = (): void => {
      this.#stopped = true;
      this.#electron.app.quit();
    };
    this.#hosts.stop().then(finish, finish);
  }
}
