import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import "./knocks.css";

/** More than these are not shown at once: the oldest are answered first. */
const AT_ONCE = 3;

/** Somebody stands at the door. Nothing of them is known here, so nothing is shown. */
export function Knocks({ knocks }: { readonly knocks: ScreenOf<"call">["knocks"] }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <>
      {knocks.slice(0, AT_ONCE).map(({ knock }) => (
        <div key={knock} className="knock" role="alert">
          <span className="knock-sign">
            <Icon name="person-add" />
          </span>
          <div className="knock-words">
            <p className="knock-title">{t("knock.title")}</p>
            <p className="knock-hint">{t("knock.hint")}</p>
          </div>
          <div className="knock-actions">
            <Button size="small" onPress={() => send({ type: "refuse", knock, reason: "" })}>
              {t("knock.refuse")}
            </Button>
            <Button size="small" look="primary" onPress={() => send({ type: "admit", knock })}>
              {t("knock.admit")}
            </Button>
          </div>
        </div>
      ))}
    </>
  );
}
