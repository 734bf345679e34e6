import { useTranslation } from "react-i18next";

/** Said while nobody else is in the meeting. */
export function Alone() {
  const { t } = useTranslation();
  return (
    <div className="alone">
      <p className="alone-title">{t("call.alone")}</p>
      <p>{t("call.aloneHint")}</p>
    </div>
  );
}
