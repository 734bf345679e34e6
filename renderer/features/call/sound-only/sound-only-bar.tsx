import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { SoundOnly } from "./use-sound-only.ts";

const WORDS = { chosen: "sound.onlyChosen", machine: "sound.onlyMachine", link: "sound.onlyLink" } as const;

/** Says why there are no pictures, with the way back to them. */
export function SoundOnlyBar({ soundOnly }: { readonly soundOnly: SoundOnly }) {
  const { t } = useTranslation();
  const { cause } = soundOnly;
  return (
    <div className="sound-only" role="status" hidden={cause === null}>
      {cause !== null && (
        <div className="stage-bar">
          <span>{t(WORDS[cause])}</span>
          <Button look="quiet" size="small" onPress={() => soundOnly.choose(false)}>
            <Icon name="camera" />
            {t(cause === "chosen" ? "sound.show" : "sound.tryAgain")}
          </Button>
        </div>
      )}
    </div>
  );
}
