import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";

/** Whether the meeting is there, for a guest; what comes next, for the one who starts it. */
export function Reach({ view }: { readonly view: ScreenOf<"lobby"> }) {
  const { t } = useTranslation();
  if (view.role === "starter") return <p className="reach">{t("lobby.starter")}</p>;
  return (
    <div className={`reach reach-${view.reach}`} role="status">
      <p className="reach-line">
        {view.reach === "reached" ? <Icon name="check" /> : <Spinner />}
        <span>{t(`lobby.${view.reach}`)}</span>
      </p>
      {view.admission !== "invite" && view.reach === "reached" && <p className="reach-hint">{t("lobby.knockHint")}</p>}
    </div>
  );
}
