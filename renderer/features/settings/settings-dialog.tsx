import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { IdentitySection } from "../identity/identity-section.tsx";
import { DeviceChoices } from "./device-choices.tsx";
import { LevelMeter } from "./level-meter.tsx";
import { LookChoices } from "./look-choices.tsx";
import { NetworkChoices } from "./network-choices.tsx";
import { PassingChoices } from "./passing-choices.tsx";
import { ShortcutList } from "./shortcut-list.tsx";
import { SoundChoices } from "./sound-choices.tsx";
import "./settings.css";

interface SettingsDialogProps {
  /** Whether devices can be chosen here: in a call. */
  readonly devices?: boolean;
  readonly onClose: () => void;
}

/** What a person chooses once for all meetings and, in a call, devices. */
export function SettingsDialog({ devices = false, onClose }: SettingsDialogProps) {
  const { t } = useTranslation();
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
        <SoundChoices />
        <PassingChoices />
        <LookChoices />
        <IdentitySection />
        <NetworkChoices />
        <ShortcutList />
      </div>
    </Dialog>
  );
}
