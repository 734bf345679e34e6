import { useTranslation } from "react-i18next";
import { LOCAL_ACTS, type LocalAct } from "../../../core/contract/local-acts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import type { IconName } from "../../ui/icon.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useActs } from "./acts-context.ts";
import { isDone } from "./local-acts.ts";
import { VolumeSlider } from "./volume-slider.tsx";

const ICONS: Readonly<Record<LocalAct, IconName>> = {
  cover: "camera-off",
  mute: "microphone-off",
  "hide-chat": "chat",
};

/** What this person does about one member for themselves alone: it holds at once, and nobody else sees it. */
export function ActSwitches({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const { acts, choose } = useActs();
  return (
    <div className="acts" role="group" aria-label={t("cover.forMe")}>
      <p className="acts-title">{t("cover.forMe")}</p>
      {LOCAL_ACTS.map((act) => (
        <Switch
          key={act}
          label={t(`cover.${act}`)}
          icon={ICONS[act]}
          on={isDone(acts, act, participant)}
          onChange={(on) => choose(act, participant.id, on)}
        />
      ))}
      <VolumeSlider member={participant.id} />
    </div>
  );
}
