import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Snapshot } from "../../core/contract/snapshots.ts";
import { Call } from "../features/call/call.tsx";
import { Ended } from "../features/ended/ended.tsx";
import { Home } from "../features/home/home.tsx";
import { fieldOf } from "../features/home/problems-of-fields.ts";
import { Lobby } from "../features/lobby/lobby.tsx";
import { ProblemBanner } from "../features/problems/problem-banner.tsx";
import { SettingsDialog } from "../features/settings/settings-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** What has gone wrong is told, and can be put away, also while a dialog is open: for that its place must be there before. */
const ABOVE_DIALOGS = { "data-react-aria-top-layer": "true" };

interface ViewScreenProps {
  readonly snapshot: Snapshot;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onInvite: (invite: string) => void;
}

/** The screen of a snapshot, with what is wrong above it and the settings within reach. */
export function ViewScreen({ snapshot, name, onName, onInvite }: ViewScreenProps) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState(false);
  // Whether the name field stands in the lobby is decided on arrival there, so that typing in it does not make it vanish.
  const [named, setNamed] = useState(name !== "");
  const { view, problem } = snapshot;
  const { screen } = view;
  useEffect(() => {
    document.title = screen === "call" ? `${t("call.title")} – Vigil` : "Vigil";
  }, [screen, t]);
  if (screen === "home" && named !== (name !== "")) setNamed(name !== "");
  const besideField = screen === "home" && fieldOf(problem) !== null;

  return (
    <div className={`window window-${screen}`}>
      <div className="window-problem" {...ABOVE_DIALOGS}>
        {problem !== null && !besideField && <ProblemBanner problem={problem} />}
      </div>
      {screen === "home" && <Home view={view} problem={problem} name={name} onName={onName} onInvite={onInvite} />}
      {screen === "lobby" && <Lobby view={view} problem={problem} name={name} onName={onName} named={named} />}
      {screen === "call" && <Call view={view} />}
      {screen === "ended" && <Ended view={view} />}
      {screen !== "call" && (
        <span className="window-settings">
          <Button look="quiet" size="icon" aria-label={t("settings.title")} onPress={() => setSettings(true)}>
            <Icon name="settings" />
          </Button>
        </span>
      )}
      {settings && <SettingsDialog onClose={() => setSettings(false)} />}
    </div>
  );
}
