import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { Digits } from "./digits.tsx";

/** The digits that are equal on every screen when nobody is in between, and whether they are still those that were compared. */
export function MeetingCode({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const title = useId();
  const hint = useId();
  const { meetingCode, codeCompared } = view;
  return (
    <div className={`code-box code-${codeCompared}`}>
      <div role="group" aria-labelledby={title} aria-describedby={hint}>
        <h3 id={title} className="code-title">
          {t("participants.meetingCode")}
        </h3>
        <Digits text={meetingCode} />
      </div>
      {codeCompared === "no" && (
        <p id={hint} className="code-hint">
          {t("participants.codeHint")}
        </p>
      )}
      <p className="code-state" role="status">
        {codeCompared !== "no" && (
          <>
            <Icon name={codeCompared === "yes" ? "verified" : "warning"} />
            <span>{t(codeCompared === "yes" ? "participants.codeCompared" : "participants.codeChanged")}</span>
          </>
        )}
      </p>
      {codeCompared !== "yes" && view.participants.length > 1 && (
        <Button size="small" onPress={() => send({ type: "mark-compared", meetingCode })}>
          {t("participants.compareCode")}
        </Button>
      )}
    </div>
  );
}
