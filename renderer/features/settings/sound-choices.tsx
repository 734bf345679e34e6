import { useTranslation } from "react-i18next";
import { usualTreatment, type SoundTreatment } from "../../../core/contract/settings.ts";
import type { IconName } from "../../ui/icon.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useSurroundings } from "../context/surroundings.ts";

const PARTS: readonly (readonly [keyof SoundTreatment, IconName])[] = [
  ["echoCancellation", "speaker"],
  ["noiseSuppression", "noise"],
  ["autoGainControl", "microphone"],
];

/** What is done to one's own sound before it is sent. */
export function SoundChoices() {
  const { t } = useTranslation();
  const { settings, send } = useSurroundings();
  const sound = settings.sound ?? usualTreatment;
  return (
    <section className="settings-part">
      <h3>{t("sound.title")}</h3>
      {PARTS.map(([part, icon]) => (
        <Switch
          key={part}
          label={t(`sound.${part}`)}
          icon={icon}
          on={sound[part]}
          onChange={(on) =>
            send({ type: "change-settings", settings: { ...settings, sound: { ...sound, [part]: on } } })
          }
        />
      ))}
      <p className="settings-hint">{t("sound.hint")}</p>
    </section>
  );
}
