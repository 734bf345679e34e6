import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { SurroundingsProvider, type Preferences, type Surroundings } from "../features/context/surroundings.ts";
import type { CallMedia } from "../rtc/call-media.ts";
import { applyPreferences, keepPreferences } from "./preferences.ts";
import { Screens } from "./screens.tsx";
import type { Session } from "./session.ts";

interface AppProps {
  readonly session: Session;
  readonly media: CallMedia;
  readonly translator: i18n;
  readonly initial: Preferences;
}

/** The root: what every screen may use, and the screen that the session calls for. */
export function App({ session, media, translator, initial }: AppProps) {
  const [preferences, setPreferences] = useState(initial);
  const state = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.state(),
  );
  useEffect(() => {
    applyPreferences(document.documentElement, preferences);
    void translator.changeLanguage(preferences.language);
  }, [preferences, translator]);

  const surroundings = useMemo<Surroundings>(
    () => ({
      send: (command) => session.send(command),
      media,
      preferences,
      setPreferences: (chosen) => {
        keepPreferences(chosen);
        setPreferences(chosen);
      },
    }),
    [session, media, preferences],
  );
  return (
    <I18nextProvider i18n={translator}>
      <I18nProvider locale={preferences.language}>
        <SurroundingsProvider value={surroundings}>
          <Screens state={state} onConnect={() => session.connect()} />
        </SurroundingsProvider>
      </I18nProvider>
    </I18nextProvider>
  );
}
