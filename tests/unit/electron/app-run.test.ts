import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { PORTS } from "../../../core/contract/port-words.ts";
import { APP_ORIGIN } from "../../../electron/channels.ts";
import { AppRun, type AppRunSettings } from "../../../electron/main/app-run.ts";
import { ChannelDouble, double, UtilityDouble } from "../../support/electron-double.ts";

type Electron = ConstructorParameters<typeof AppRun>[0];

const options = { profile: null, headless: false, fakeMedia: null, debugPort: null, chromiumArgs: [], invite: null };

class ContentsDouble extends EventEmitter {
  readonly setWebRTCIPHandlingPolicy = vi.fn();
  readonly postMessage = vi.fn();
  readonly reload = vi.fn();
  readonly setWindowOpenHandler = vi.fn();
}

class WindowDouble extends EventEmitter {
  static made: WindowDouble[] = [];
  readonly webContents = new ContentsDouble();
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly isMinimized = (): boolean => false;
  readonly destroy = vi.fn();
  readonly setContentProtection = vi.fn();

  constructor() {
    super();
    WindowDouble.made.push(this);
  }
}

/** A whole run of the app with a double of Electron. `pageReady` is the page's word that it can take ports. */
function start(given: Partial<AppRunSettings["options"]> = {}, locked = false) {
  WindowDouble.made = [];
  const hosts: UtilityDouble[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setPath: vi.fn(),
    getPath: (name: string) => (name === "downloads" ? "/home/ada/Downloads" : "/profile"),
    requestSingleInstanceLock: () => !locked,
    setAsDefaultProtocolClient: vi.fn(),
    quit: vi.fn(),
  });
  const session = {
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setDisplayMediaRequestHandler: vi.fn(),
    setSpellCheckerEnabled: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  };
  const fromPartition = vi.fn(() => session);
  const fork = vi.fn((..._args: unknown[]) => {
    const host = new UtilityDouble();
    hosts.push(host);
    return host;
  });
  const printed: string[] = [];
  let pageReady: () => void = () => undefined;
  const run = new AppRun(
    double<Electron>({
      app,
      BrowserWindow: WindowDouble,
      MessageChannelMain: ChannelDouble,
      safeStorage: {},
      session: { fromPartition },
      utilityProcess: { fork },
    }),
    {
      options: { ...options, ...given },
      dist: "/dist",
      print: (line) => printed.push(line),
      listenForPage: (_ours, listener) => {
        pageReady = listener;
        return () => undefined;
      },
    },
  );
  const claimed = run.claim("/profile");
  if (claimed) run.open(new Map());
  const sent = (): unknown[] => hosts.flatMap((host) => host.sent.map(({ message }) => message));
  return {
    app,
    claimed,
    fork,
    fromPartition,
    hosts,
    printed,
    sent,
    session,
    pageReady: () => pageReady(),
    window: () => WindowDouble.made[0],
  };
}

describe("a run of the app in Electron", () => {
  it("opens one window on the app's own origin, in a session that lives in memory", () => {
    const { window, fromPartition, session, fork } = start();
    expect(WindowDouble.made).toHaveLength(1);
    expect(window()?.loadURL).toHaveBeenCalledWith(`${APP_ORIGIN}/`);
    expect(fromPartition).toHaveBeenCalledWith(expect.not.stringMatching(/^persist:/), { cache: false });
    expect(window()?.webContents.setWebRTCIPHandlingPolicy).toHaveBeenCalledWith("default");
    expect(session.protocol.handle).toHaveBeenCalledWith("vigil-app", expect.any(Function));
    for (const guard of [
      session.setPermissionRequestHandler,
      session.setPermissionCheckHandler,
      session.setDevicePermissionHandler,
      session.setDisplayMediaRequestHandler,
      session.webRequest.onBeforeRequest,
    ]) {
      expect(guard).toHaveBeenCalledTimes(1);
    }
    const folders = ["--profile", "/profile", "--downloads", "/home/ada/Downloads"];
    expect(fork).toHaveBeenCalledWith("/dist/host/entry.js", folders, expect.anything());
  });

  it("does not start a second time on one profile", () => {
    const { claimed, fork } = start({}, true);
    expect(claimed).toBe(false);
    expect(fork).not.toHaveBeenCalled();
  });

  it("joins the page and the host by two ports, and announces itself once the page has its first screen", () => {
    const { pageReady, window, hosts, sent, printed } = start();
    pageReady();
    expect(sent()).toEqual([{ type: "attach-page" }, { type: "attach-frames" }]);
    const [channel, , ports] = (window()?.webContents.postMessage.mock.lastCall ?? []) as [string, null, unknown[]];
    expect(channel).toBe(PORTS);
    expect(ports).toHaveLength(2);
    expect(printed).toEqual([]);
    hosts[0]?.emit("message", { type: "page-served" });
    hosts[0]?.emit("message", { type: "page-served" });
    expect(printed).toEqual([`VIGIL READY {"window":"electron","pid":${process.pid},"debugPort":null}`]);
  });

  it("has no window any more the moment that the host asks for the end", () => {
    const { hosts, window } = start();
    hosts[0]?.emit("message", { type: "end-app" });
    expect(window()?.destroy).toHaveBeenCalledOnce();
  });

  it("keeps its window out of other programs' pictures of the screen", () => {
    expect(start().window()?.setContentProtection).toHaveBeenCalledWith(true);
  });

  it("hands the host an invite from its command line, from a second start and from the system", () => {
    const { app, pageReady, sent } = start({ invite: "vigil://join/#first" });
    pageReady();
    app.emit("second-instance", {}, ["vigil", "--x", "vigil://join/#second"]);
    const preventDefault = vi.fn();
    app.emit("open-url", { preventDefault }, "vigil://join/#third");
    app.emit("open-url", { preventDefault }, "https://example.org/");
    expect(preventDefault).toHaveBeenCalledTimes(2);
    expect(sent().slice(2)).toEqual(
      ["first", "second", "third"].map((name) => ({ type: "open-invite", link: `vigil://join/#${name}` })),
    );
  });

  it("shows its window when it is started again, unless it has none to show", () => {
    const visible = start();
    visible.app.emit("second-instance", {}, ["vigil"]);
    expect(visible.window()?.focus).toHaveBeenCalledTimes(1);
    const headless = start({ headless: true });
    headless.app.emit("second-instance", {}, ["vigil"]);
    expect(headless.window()?.show).not.toHaveBeenCalled();
  });

  it("loads a page that crashed again, and gives it ports to the same host", () => {
    const { window, pageReady, fork, sent } = start();
    pageReady();
    window()?.webContents.emit("render-process-gone", {}, { reason: "crashed" });
    expect(window()?.webContents.reload).toHaveBeenCalledTimes(1);
    pageReady();
    expect(fork).toHaveBeenCalledTimes(1);
    expect(sent()).toHaveLength(4);
    window()?.webContents.emit("render-process-gone", {}, { reason: "clean-exit" });
    expect(window()?.webContents.reload).toHaveBeenCalledTimes(1);
  });

  it("lets the host leave before it ends, and then ends", async () => {
    const { app, hosts } = start();
    const preventDefault = vi.fn();
    app.emit("before-quit", { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(app.quit).not.toHaveBeenCalled();
    hosts[0]?.emit("exit", 0);
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledTimes(1));
    app.emit("before-quit", { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });

  it("denies navigation in every page that is ever made", () => {
    const { app } = start();
    const contents = new ContentsDouble();
    app.emit("web-contents-created", {}, contents);
    expect(contents.setWindowOpenHandler).toHaveBeenCalledTimes(1);
    const preventDefault = vi.fn();
    contents.emit("will-navigate", { url: "https://example.org/", preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });
});
