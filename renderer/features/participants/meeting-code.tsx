import { useId } from "react";
import { useTranslation } from "react-i18next";

/** Five digits at a time, as they are read out. */
function groups(digits: string): readonly string[] {
  return digits.match(/.{1,5}/g) ?? [];
}

/** The digits that are equal on every screen when nobody is in between. */
export function MeetingCode({ digits }: { readonly digits: string }) {
  const { t } = useTranslation();
  const title = useId();
  const hint = useId();
  return (
    <div className="code-box">
      <div role="group" aria-labelledby={title} aria-describedby={hint}>
        <h3 id={title} className="code-title">
          {t("participants.meetingCode")}
        </h3>
        <p className="code-digits" dir="ltr" translate="no">
          {groups(digits).join(" ")}
        </p>
      </div>
      <p id={hint} className="code-hint">
        {t("participants.codeHint")}
      </p>
    </div>
  );
}
