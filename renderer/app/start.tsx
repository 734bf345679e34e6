import { createRoot } from "react-dom/client";
import { usualSettings } from "../../core/contract/settings.ts";
import { createTranslator } from "../locales/i18n.ts";
import { App } from "./app.tsx";
import { DeviceKeeper } from "./device-keeper.ts";
import type { CallMediaEngine } from "../rtc/create-call-media.ts";
import { applyLook, languageOf } from "./look.ts";
import { announceQuit } from "../bridge/ports.ts";
import { watchQuickExit } from "./quick-exit.ts";
import { Session } from "./session.ts";
import "../ui/styles/index.css";

/** Puts the app together in this page. `root` is the element that it is drawn in. */
export function startApp(engine: CallMediaEngine, root: HTMLElement): void {
  applyLook(document.documentElement, usualSettings.look);
  const session = new Session(engine, window);
  const keeper = new DeviceKeeper({ engine, send: (command) => session.send(command) });
  session.subscribe(() => keeper.follow(session.state().snapshot?.view ?? null));
  // The measuring tools read the same statistics that the app does; there is nothing here to change anything with.
  Object.defineProperty(globalThis, "vigilStatistics", { value: () => engine.media.statistics(), writable: false });
  const screens = createRoot(root);
  screens.render(
    <App session={session} media={engine.media} translator={createTranslator(languageOf(usualSettings.look))} />,
  );
  watchQuickExit(window, () => {
    session.send({ type: "quit" });
    // What can be seen, heard and opened from here is gone before anybody answers.
    engine.end();
    screens.unmount();
    // The host closes the window; where it has died, the window itself does, or the page.
    announceQuit(window);
    window.close();
  });
  session.connect();
}
