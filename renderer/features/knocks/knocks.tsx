import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_REFUSAL_CHARACTERS } from "../../../core/contract/limits.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import "./knocks.css";

/** More than these are not shown at once: the oldest are answered first. */
const AT_ONCE = 3;

/** Somebody stands at the door. Nothing of them is known here, so nothing is shown. */
export function Knocks({ knocks }: { readonly knocks: ScreenOf<"call">["knocks"] }) {
  return (
    <>
      {knocks.slice(0, AT_ONCE).map(({ knock, label }) => (
        <Knock key={knock} knock={knock} label={label} />
      ))}
    </>
  );
}

/** One who waits. A word of why can go with a refusal; it is asked for only when somebody wants to say it. */
function Knock({ knock, label }: { readonly knock: number; readonly label: string }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [reason, setReason] = useState<string | null>(null);
  return (
    <div className="knock" role="alert">
      <span className="knock-sign">
        <Icon name="person-add" />
      </span>
      <div className="knock-words">
        <p className="knock-title">{t("knock.title")}</p>
        {label !== "" && <p className="knock-label">{t("knock.label", { label: isolate(label) })}</p>}
        <p className="knock-hint">{t("knock.hint")}</p>
      </div>
      <div className="knock-actions">
        {reason === null && (
          <Button size="small" look="quiet" onPress={() => setReason("")}>
            {t("knock.sayWhy")}
          </Button>
        )}
        <Button size="small" onPress={() => send({ type: "refuse", knock, reason: (reason ?? "").trim() })}>
          {t("knock.refuse")}
        </Button>
        <Button size="small" look="primary" onPress={() => send({ type: "admit", knock })}>
          {t("knock.admit")}
        </Button>
      </div>
      {reason !== null && (
        <div className="knock-reason">
          <TextField
            label={t("knock.reason")}
            value={reason}
            onChange={setReason}
            maxLength={MAX_REFUSAL_CHARACTERS}
            dir="auto"
          />
        </div>
      )}
    </div>
  );
}
