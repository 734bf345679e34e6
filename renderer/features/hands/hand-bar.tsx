import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useNamesHere } from "../covers/acts-context.ts";
import { handsUp } from "./in-order.ts";
import "./hands.css";

interface HandBarProps {
  readonly participants: readonly Participant[];
  /** Opens the list where the hands stand in order. */
  readonly onLook: () => void;
}

/** One calm line above the tiles that names whose hands are up, in order, while the list of participants is closed. */
export function HandBar({ participants, onLook }: HandBarProps) {
  const { t, i18n } = useTranslation();
  const nameOf = useNamesHere();
  const names = handsUp(participants).map((one) => isolate(nameOf(one)));
  if (names.length === 0) return null;
  return (
    <div className="stage-bar hand-bar" role="group" aria-label={t("hands.line")}>
      <Icon name="hand" />
      <span className="hand-bar-names">
        {new Intl.ListFormat(i18n.language, { style: "short", type: "unit" }).format(names)}
      </span>
      <Button size="small" look="quiet" onPress={onLook}>
        {t("hands.look")}
      </Button>
    </div>
  );
}
