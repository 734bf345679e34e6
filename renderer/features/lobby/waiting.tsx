import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** Shown after a knock, until somebody inside answers. */
export function Waiting() {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <div className="waiting">
      <div role="status" aria-label={t("lobby.waiting")} className="waiting-status">
        <Spinner />
        <p className="waiting-title">{t("lobby.waiting")}</p>
        <p className="waiting-hint">{t("lobby.waitingHint")}</p>
      </div>
      <Button onPress={() => send({ type: "leave" })}>{t("lobby.stopWaiting")}</Button>
    </div>
  );
}
