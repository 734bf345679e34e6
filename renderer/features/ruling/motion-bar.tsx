import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import "./ruling.css";

interface MotionBarProps {
  readonly view: ScreenOf<"call">;
  /** Opens the list where the votes are. */
  readonly onLook: () => void;
}

/** One calm line above the tiles while something is being decided and the list with it is closed. */
export function MotionBar({ view, onLook }: MotionBarProps) {
  const { t } = useTranslation();
  const count = view.rules.motions.length;
  if (count === 0) return null;
  return (
    <div className="stage-bar" role="status">
      <Icon name="vote" />
      <span>{t("motion.open", { count })}</span>
      <Button size="small" look="quiet" onPress={onLook}>
        {t("motion.look")}
      </Button>
    </div>
  );
}
