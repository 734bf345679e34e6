import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "../../ui/mark.tsx";

/** What the app is, in one line and one sentence. */
export function Masthead({ heading }: { readonly heading: RefObject<HTMLHeadingElement | null> }) {
  const { t } = useTranslation();
  return (
    <header className="masthead">
      <p className="masthead-sign">
        <Mark />
        <span translate="no">{t("home.app")}</span>
      </p>
      <h1 ref={heading} tabIndex={-1} className="masthead-title">
        {t("home.title")}
      </h1>
      <p className="masthead-lead">{t("home.lead")}</p>
    </header>
  );
}
