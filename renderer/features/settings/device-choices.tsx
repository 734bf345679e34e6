import { useTranslation } from "react-i18next";
import { Choice, type ChoiceOption } from "../../ui/choice.tsx";
import type { DeviceChoice, DeviceKind } from "../../rtc/call-media.ts";
import { useLocalMedia, useSurroundings } from "../context/surroundings.ts";

/** The id under which the system's own choice stands in the list; real device ids are longer. */
const SYSTEM = "default";
const KINDS: readonly DeviceKind[] = ["microphone", "camera", "speaker"];

/** One list for each kind of device. */
export function DeviceChoices() {
  const { t } = useTranslation();
  const { media } = useSurroundings();
  const local = useLocalMedia();

  const options = (choices: readonly DeviceChoice[]): readonly ChoiceOption[] => {
    const own = choices
      .filter(({ id }) => id !== SYSTEM && id !== "")
      .map(({ id, label }) => ({ id, text: label === "" ? id.slice(0, 8) : label }));
    const first = own.length === 0 ? t("device.nothing") : t("device.systemDefault");
    return [{ id: SYSTEM, text: first }, ...own];
  };

  return (
    <div className="device-choices">
      {KINDS.map((kind) => (
        <Choice
          key={kind}
          label={t(`device.${kind}`)}
          options={options(local[kind].choices)}
          chosen={local[kind].chosen ?? SYSTEM}
          disabled={local[kind].choices.length === 0}
          onChoose={(id) => void media.choose(kind, id)}
        />
      ))}
    </div>
  );
}
