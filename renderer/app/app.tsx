import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { usualSettings, type Settings } from "../../core/contract/settings.ts";
import { SurroundingsProvider, type Surroundings } from "../features/context/surroundings.ts";
import type { CallMedia } from "../rtc/call-media.ts";
import { applyLook, languageOf } from "./look.ts";
import { Rehearsal } from "./rehearsal.tsx";
import { Screens } from "./screens.tsx";
import type { Session, SessionState } from "./session.ts";

interface AppProps {
  readonly session: Session;
  readonly media: CallMedia;
  readonly translator: i18n;
}

/** The settings as the host told them last, also while no host is there; the same object until one of them changes. */
function useSettings({ snapshot }: SessionState): Settings {
  const [settings, setSettings] = useState(usualSettings);
  const newest = snapshot?.settings ?? settings;
  if (newest === settings || JSON.stringify(newest) === JSON.stringify(settings)) return settings;
  setSettings(newest);
  return newest;
}

/** The root: what every screen may use, and the screen that the session calls for. */
export function App({ session, media, translator }: AppProps) {
  const state = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.state(),
  );
  const settings = useSettings(state);
  const language = languageOf(settings.look);
  useEffect(() => {
    applyLook(document.documentElement, settings.look);
    void translator.changeLanguage(language);
  }, [settings, language, translator]);

  const surroundings = useMemo<Surroundings>(
    () => ({ send: (command) => session.send(command), media, settings }),
    [session, media, settings],
  );
  return (
    <I18nextProvider i18n={translator}>
      <I18nProvider locale={language}>
        <SurroundingsProvider value={surroundings}>
          <Screens state={state} onConnect={() => session.connect()} />
          {state.snapshot?.view.screen === "home" && <Rehearsal />}
        </SurroundingsProvider>
      </I18nProvider>
    </I18nextProvider>
  );
}
