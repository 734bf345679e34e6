import { useTranslation } from "react-i18next";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { isolate } from "../../locales/isolate.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Pinning } from "./use-pinning.ts";
import type { MemberId } from "../../../core/contract/parts.ts";

interface PinButtonProps {
  readonly member: MemberId;
  readonly name: string;
  readonly pinning: Pinning;
}

/** Keeps a tile large until it is pressed again. Of all of them one is in the order of the Tab key; arrows lead to the rest. */
export function PinButton({ member, name, pinning }: PinButtonProps) {
  const { t } = useTranslation();
  return (
    <ToggleButton
      className="pin"
      data-pin={member}
      aria-label={t("layout.pin", { name: isolate(name) })}
      isSelected={pinning.pinned === member}
      excludeFromTabOrder={pinning.reached !== member}
      onFocus={() => pinning.reach(member)}
      onChange={(on) => pinning.pin(on ? member : null)}
    >
      <Icon name="pin" />
    </ToggleButton>
  );
}
