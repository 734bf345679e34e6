import { useTranslation } from "react-i18next";
import { isLanguageTag, languages } from "../../locales/i18n.ts";
import { Choice } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useSurroundings, type Appearance } from "../context/surroundings.ts";
import { DeviceChoices } from "./device-choices.tsx";
import { LevelMeter } from "./level-meter.tsx";
import { ShortcutList } from "./shortcut-list.tsx";
import "./settings.css";

const APPEARANCES: readonly Appearance[] = ["system", "light", "dark"];

interface SettingsDialogProps {
  /** Whether devices can be chosen here: in a call. */
  readonly devices?: boolean;
  readonly onClose: () => void;
}

/** Language, appearance and, in a call, devices. */
export function SettingsDialog({ devices = false, onClose }: SettingsDialogProps) {
  const { t } = useTranslation();
  const { preferences, setPreferences } = useSurroundings();
  return (
    <Dialog title={t("settings.title")} closeLabel={t("common.close")} onClose={onClose}>
      <div className="settings">
        {devices && (
          <section className="settings-part">
            <h3>{t("settings.devices")}</h3>
            <LevelMeter />
            <DeviceChoices />
          </section>
        )}
        <section className="settings-pair">
          <Choice
            label={t("settings.language")}
            options={languages.map(({ tag, name }) => ({ id: tag, text: name }))}
            chosen={preferences.language}
            onChoose={(language) => isLanguageTag(language) && setPreferences({ ...preferences, language })}
          />
          <Choice
            label={t("settings.appearance")}
            options={APPEARANCES.map((id) => ({ id, text: t(`settings.${id}`) }))}
            chosen={preferences.appearance}
            onChoose={(id) =>
              setPreferences({ ...preferences, appearance: APPEARANCES.find((known) => known === id) ?? "system" })
            }
          />
        </section>
        <ShortcutList />
      </div>
    </Dialog>
  );
}
