import { EventEmitter } from "node:events";
import type { IpcMain, IpcMainEvent, Session, WebContents } from "electron";
import { describe, expect, it, vi } from "vitest";
import { PAGE_READY } from "../../../core/contract/port-words.ts";
import { APP_ORIGIN } from "../../../electron/channels.ts";
import { inviteIn } from "../../../electron/main/deep-links.ts";
import { onPageReady } from "../../../electron/main/guarded-ipc.ts";
import { guardNavigation } from "../../../electron/main/navigation.ts";
import { guardNetwork, isAllowedRequest } from "../../../electron/main/network.ts";
import { guardPermissions, isPermitted } from "../../../electron/main/permissions.ts";
import { setSwitches } from "../../../electron/main/switches.ts";
import { windowSettings } from "../../../electron/main/window-settings.ts";
import { double } from "../../support/electron-double.ts";

const ours = { permission: "media", origin: `${APP_ORIGIN}/`, isMainFrame: true, mediaTypes: ["audio", "video"] };

describe("permissions", () => {
  it.each(["media", "display-capture", "clipboard-sanitized-write", "speaker-selection"])(
    "gives %s to the app's own page",
    (permission) => {
      expect(isPermitted({ ...ours, permission })).toBe(true);
      expect(isPermitted({ ...ours, permission, origin: APP_ORIGIN })).toBe(true);
    },
  );

  it.each([
    "geolocation",
    "notifications",
    "clipboard-read",
    "midi",
    "midiSysex",
    "pointerLock",
    "fullscreen",
    "openExternal",
    "fileSystem",
    "hid",
    "serial",
    "usb",
    "storage-access",
    "window-management",
    "unknown",
    "",
  ])("denies %s", (permission) => {
    expect(isPermitted({ ...ours, permission })).toBe(false);
  });

  it("denies everything to another origin, a frame inside the page, or another kind of device", () => {
    expect(isPermitted({ ...ours, isMainFrame: false })).toBe(false);
    for (const origin of [
      "",
      "null",
      "https://example.org",
      "vigil-app://other/",
      "vigil-app://app.example.org/",
      "file:///",
    ]) {
      expect(isPermitted({ ...ours, origin }), origin).toBe(false);
    }
    expect(isPermitted({ ...ours, mediaTypes: ["audio", "smell"] })).toBe(false);
  });

  it("are answered in every handler of the session", () => {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    };
    guardPermissions(double<Session>(session));
    const asked = vi.fn();
    const request = session.setPermissionRequestHandler.mock.lastCall?.[0] as (...args: unknown[]) => void;
    const details = { requestingUrl: `${APP_ORIGIN}/`, isMainFrame: true, mediaTypes: ["video"] };
    request(null, "media", asked, details);
    request(null, "media", asked, { ...details, requestingUrl: "https://example.org/" });
    request(null, "notifications", asked, { requestingUrl: `${APP_ORIGIN}/`, isMainFrame: true });
    expect(asked.mock.calls).toEqual([[true], [false], [false]]);
    const check = session.setPermissionCheckHandler.mock.lastCall?.[0] as (...args: unknown[]) => boolean;
    expect(check(null, "media", `${APP_ORIGIN}/`, { isMainFrame: true, mediaType: "video" })).toBe(true);
    expect(check(null, "media", `${APP_ORIGIN}/`, { isMainFrame: false, mediaType: "video" })).toBe(false);
    expect(check(null, "geolocation", `${APP_ORIGIN}/`, { isMainFrame: true })).toBe(false);
    const device = session.setDevicePermissionHandler.mock.lastCall?.[0] as () => boolean;
    expect(device()).toBe(false);
  });
});

describe("navigation", () => {
  function guarded(): { contents: EventEmitter; open: ReturnType<typeof vi.fn> } {
    const open = vi.fn();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: open });
    guardNavigation(double<WebContents>(contents));
    return { contents, open };
  }

  it("denies every address but the page's own, in frames all", () => {
    const { contents } = guarded();
    const prevented = (name: string, event: object): boolean => {
      const preventDefault = vi.fn();
      contents.emit(name, { ...event, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect(prevented("will-navigate", { url: `${APP_ORIGIN}/` })).toBe(false);
    for (const url of [
      "https://example.org/",
      "vigil-app://other/",
      "vigil-app://app/other.html",
      "file:///etc/passwd",
      "javascript:1",
      "data:text/html,x",
    ]) {
      expect(prevented("will-navigate", { url }), url).toBe(true);
      expect(prevented("will-frame-navigate", { url, isMainFrame: true }), url).toBe(true);
    }
    expect(prevented("will-frame-navigate", { url: `${APP_ORIGIN}/`, isMainFrame: false })).toBe(true);
    expect(prevented("will-redirect", { url: `${APP_ORIGIN}/` })).toBe(true);
    expect(prevented("will-attach-webview", {})).toBe(true);
  });

  it("opens no window", () => {
    const handler = guarded().open.mock.lastCall?.[0] as (details: object) => unknown;
    expect(handler({ url: `${APP_ORIGIN}/` })).toEqual({ action: "deny" });
  });
});

describe("the network of Chromium itself", () => {
  it("reaches the page's own files and nothing else", () => {
    for (const url of [`${APP_ORIGIN}/`, `${APP_ORIGIN}/assets/a.js`, `blob:${APP_ORIGIN}/1-2`])
      expect(isAllowedRequest(url), url).toBe(true);
    for (const url of [
      "https://example.org/",
      "http://127.0.0.1/",
      "ws://127.0.0.1/",
      "file:///etc/passwd",
      "vigil-app://other/",
      "data:text/html,x",
      "blob:https://example.org/1",
    ]) {
      expect(isAllowedRequest(url), url).toBe(false);
    }
  });

  it("has every request asked about, and no dictionaries", () => {
    const onBeforeRequest = vi.fn();
    const setSpellCheckerEnabled = vi.fn();
    guardNetwork(double<Session>({ webRequest: { onBeforeRequest }, setSpellCheckerEnabled }));
    const handler = onBeforeRequest.mock.lastCall?.[0] as (details: object, callback: (answer: object) => void) => void;
    const answers: object[] = [];
    handler({ url: "https://example.org/" }, (given) => answers.push(given));
    handler({ url: `${APP_ORIGIN}/` }, (given) => answers.push(given));
    expect(answers).toEqual([{ cancel: true }, { cancel: false }]);
    expect(setSpellCheckerEnabled).toHaveBeenCalledWith(false);
  });

  it("is switched off where it speaks by itself", () => {
    const given = new Map<string, string | undefined>();
    const commandLine = { appendSwitch: (name: string, value?: string) => given.set(name, value) };
    const options = {
      profile: null,
      headless: false,
      fakeMedia: null,
      debugPort: null,
      chromiumArgs: [],
      invite: null,
    };
    setSwitches(double({ commandLine }), options, true);
    for (const name of [
      "disable-background-networking",
      "disable-component-update",
      "no-proxy-server",
      "disable-domain-reliability",
    ]) {
      expect(given.has(name), name).toBe(true);
    }
    expect(given.get("host-resolver-rules")).toBe("MAP * ~NOTFOUND");
    expect(given.get("force-webrtc-ip-handling-policy")).toBe("default");
    expect(given.has("use-fake-device-for-media-stream")).toBe(false);
    expect(given.has("allow-loopback-in-peer-connection")).toBe(false);
    expect(given.has("no-sandbox")).toBe(false);
  });
});

describe("the window", () => {
  it("shuts the page off from Node, Electron and, in a packaged app, the inspector", () => {
    const made = windowSettings({ preload: "/p.cjs", session: double<Session>({}), packaged: true, headless: false });
    expect(made.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
    });
  });
});

describe("the one message of the page to main", () => {
  it("is taken only from the main frame of our own page", () => {
    const ipcMain = new EventEmitter();
    const mainFrame = { origin: APP_ORIGIN };
    const contents = double<WebContents>({ mainFrame });
    const heard = vi.fn();
    const ending = onPageReady(double<IpcMain>(ipcMain), contents, heard);
    const say = (event: object): void => void ipcMain.emit(PAGE_READY, double<IpcMainEvent>(event));

    say({ sender: contents, senderFrame: null });
    say({ sender: contents, senderFrame: { origin: APP_ORIGIN } });
    say({ sender: double<WebContents>({ mainFrame }), senderFrame: mainFrame });
    expect(heard).not.toHaveBeenCalled();
    say({ sender: contents, senderFrame: mainFrame });
    expect(heard).toHaveBeenCalledTimes(1);
    mainFrame.origin = "https://example.org";
    say({ sender: contents, senderFrame: mainFrame });
    expect(heard).toHaveBeenCalledTimes(1);
    mainFrame.origin = APP_ORIGIN;
    ending();
    say({ sender: contents, senderFrame: mainFrame });
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("an invite on a command line", () => {
  it("is found among other words, and is not looked at when it is huge", () => {
    expect(inviteIn(["/usr/bin/vigil", "--flag", "vigil://join/#abc"])).toBe("vigil://join/#abc");
    expect(inviteIn(["VIGIL://join/#abc"])).toBe("VIGIL://join/#abc");
    expect(inviteIn(["https://example.org/?vigil://join/#abc", "--x=vigil://y"])).toBeNull();
    expect(inviteIn([`vigil://join/#${"a".repeat(1_000_000)}`])).toBeNull();
  });
});
