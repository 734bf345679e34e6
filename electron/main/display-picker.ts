import type { BrowserWindow, DesktopCapturerSource, Menu, MenuItemConstructorOptions, Session } from "electron";
import { isAppOrigin } from "./permissions.ts";

/** What of Electron the picker uses. */
export interface PickerApi {
  readonly desktopCapturer: {
    getSources(options: {
      types: ("screen" | "window")[];
      thumbnailSize: { width: number; height: number };
    }): Promise<DesktopCapturerSource[]>;
  };
  readonly Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): Pick<Menu, "popup"> };
}

const THUMBNAIL = { width: 96, height: 54 };

/**
 * Lets the person choose a screen or window to share: by the system's own picker where there is one, else from a menu.
 * A page that did not just get a click, or that is not the app's, gets nothing; nor does it when the person chooses nothing.
 */
export function guardDisplayMedia(
  session: Pick<Session, "setDisplayMediaRequestHandler">,
  api: PickerApi,
  window: () => BrowserWindow | null,
): void {
  session.setDisplayMediaRequestHandler(
    (request, callback) => {
      const asked = request.userGesture && request.videoRequested && isAppOrigin(request.securityOrigin);
      const parent = window();
      const choice = asked && parent !== null ? choose(api, parent) : Promise.resolve(null);
      // An empty answer refuses the request.
      choice.then(
        (source) => callback(source === null ? {} : { video: source }),
        () => callback({}),
      );
    },
    { useSystemPicker: true },
  );
}

async function choose(api: PickerApi, window: BrowserWindow): Promise<DesktopCapturerSource | null> {
  const sources = await api.desktopCapturer.getSources({ types: ["screen", "window"], thumbnailSize: THUMBNAIL });
  if (sources.length === 0) return null;
  return new Promise((resolve) => {
    const menu = api.Menu.buildFromTemplate(
      sources.map((source) => ({ label: source.name, icon: source.thumbnail, click: () => resolve(source) })),
    );
    // The menu closes before a click on one of its items is told: let the click come first.
    menu.popup({ window, callback: () => setImmediate(() => resolve(null)) });
  });
}
