import type { BrowserWindow, Session } from "electron";
import { describe, expect, it, vi } from "vitest";
import { APP_ORIGIN } from "../../../electron/channels.ts";
import { guardDisplayMedia, type PickerApi } from "../../../electron/main/display-picker.ts";
import { double } from "../../support/electron-double.ts";

interface Item {
  label?: string;
  click?: () => void;
}
type Handler = (request: object, callback: (answer: object) => void) => void;

const sources = [
  { id: "screen:0", name: "Whole screen", thumbnail: {} },
  { id: "window:1", name: "Notes", thumbnail: {} },
];
const asked = { userGesture: true, videoRequested: true, securityOrigin: `${APP_ORIGIN}/` };

/** What the page gets for `request` when the person does `choose` with the menu. */
function share(
  request: object,
  choose: (items: Item[], closed: () => void) => void,
  offered = sources,
): Promise<object> {
  let items: Item[] = [];
  const api = double<PickerApi>({
    desktopCapturer: { getSources: () => Promise.resolve(offered) },
    Menu: {
      buildFromTemplate(template: Item[]) {
        items = template;
        return { popup: ({ callback }: { callback: () => void }) => choose(items, callback) };
      },
    },
  });
  const set = vi.fn();
  guardDisplayMedia(double<Session>({ setDisplayMediaRequestHandler: set }), api, () => double<BrowserWindow>({}));
  expect(set.mock.lastCall?.[1]).toEqual({ useSystemPicker: true });
  const handler = set.mock.lastCall?.[0] as Handler;
  return new Promise((resolve) => handler(request, resolve));
}

describe("sharing a screen", () => {
  it("gives what the person chose", async () => {
    const answer = await share(asked, (items, closed) => {
      expect(items.map(({ label }) => label)).toEqual(["Whole screen", "Notes"]);
      // A click is told after the menu has closed.
      closed();
      items[1]?.click?.();
    });
    expect(answer).toEqual({ video: sources[1] });
  });

  it("gives nothing when the menu is closed without a choice", async () => {
    expect(await share(asked, (_items, closed) => closed())).toEqual({});
  });

  it("gives nothing when there is nothing to share", async () => {
    expect(await share(asked, () => undefined, [])).toEqual({});
  });

  it("does not even ask without a click, for another page or for sound alone", async () => {
    const menu = vi.fn();
    for (const wrong of [
      { userGesture: false },
      { securityOrigin: "https://example.org/" },
      { videoRequested: false },
    ]) {
      expect(await share({ ...asked, ...wrong }, menu)).toEqual({});
    }
    expect(menu).not.toHaveBeenCalled();
  });
});
