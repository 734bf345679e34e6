import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { useNoticeText } from "./notice-text.ts";

/** Who came, went and was removed, by whom and why, newest first. */
export function History({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t, i18n } = useTranslation();
  const textOf = useNoticeText();
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" });
  return (
    <details className="history">
      <summary>{t("participants.happened")}</summary>
      {view.notices.length === 0 && <p className="history-empty">{t("participants.nothingHappened")}</p>}
      <ol className="history-list">
        {view.notices.toReversed().map((notice) => (
          <li key={notice.id} className={`history-${notice.kind}`}>
            <time>{time.format(notice.at)}</time>
            <span>
              {textOf(notice)}
              {notice.misdated && <span className="history-misdated">{t("participants.misdated")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
