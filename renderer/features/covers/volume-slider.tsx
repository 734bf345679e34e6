import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import { Icon } from "../../ui/icon.tsx";
import { useActs, useVolume } from "./acts-context.ts";

/** How loud one member is heard, for this person alone. */
export function VolumeSlider({ member }: { readonly member: MemberId }) {
  const { t, i18n } = useTranslation();
  const { setVolume } = useActs();
  const percent = useVolume(member);
  const id = useId();
  const shown = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(percent / 100);
  return (
    <div className="volume">
      <Icon name="speaker" />
      <label htmlFor={id}>{t("sound.volume")}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={shown}
        onChange={(event) => setVolume(member, event.target.valueAsNumber)}
      />
      <span className="volume-figure" aria-hidden="true">
        {shown}
      </span>
    </div>
  );
}
