import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { noIdentity } from "../../core/contract/identity.ts";
import { usualPassing, usualSettings, usualTreatment } from "../../core/contract/settings.ts";
import { SurroundingsProvider, type Surroundings } from "../features/context/surroundings.ts";
import type { CallMedia } from "../rtc/call-media.ts";
import { applyLook, languageOf } from "./look.ts";
import { Rehearsal } from "./rehearsal.tsx";
import { Screens } from "./screens.tsx";
import type { Session } from "./session.ts";

interface AppProps {
  readonly session: Session;
  readonly media: CallMedia;
  readonly translator: i18n;
}

/** What the host told last, also while no host is there; the same object until something in it changes. */
function useSteady<T>(told: T | undefined, usual: T): T {
  const [steady, setSteady] = useState(usual);
  const newest = told ?? steady;
  if (newest === steady || JSON.stringify(newest) === JSON.stringify(steady)) return steady;
  setSteady(newest);
  return newest;
}

/** The root: what every screen may use, and the screen that the session calls for. */
export function App({ session, media, translator }: AppProps) {
  const state = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.state(),
  );
  const settings = useSteady(state.snapshot?.settings, usualSettings);
  const identity = useSteady(state.snapshot?.identity, noIdentity);
  const language = languageOf(settings.look);
  useEffect(() => {
    applyLook(document.documentElement, settings.look);
    void translator.changeLanguage(language);
  }, [settings, language, translator]);

  const { sound = usualTreatment, passing = usualPassing } = settings;
  useEffect(() => media.allowPassing(passing), [media, passing]);
  useEffect(() => void media.treatSound(sound), [media, sound]);

  const surroundings = useMemo<Surroundings>(
    () => ({ send: (command) => session.send(command), media, settings, identity }),
    [session, media, settings, identity],
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
