import { useTranslation } from "react-i18next";
import type { Notice, ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { useNames } from "./use-names.ts";

/** How a notice is told in words. */
export function useNoticeText(view: ScreenOf<"call">): (notice: Notice) => string {
  const { t } = useTranslation();
  const nameOf = useNames(view.participants);
  return (notice) => {
    const name = nameOf(notice.member);
    if (notice.kind !== "removed") return t(`notice.${notice.kind}`, { name });
    const by = nameOf(notice.by ?? notice.member);
    if (notice.reason === "") return t("notice.removed", { name, by });
    return t("notice.removedReason", { name, by, reason: isolate(notice.reason) });
  };
}
