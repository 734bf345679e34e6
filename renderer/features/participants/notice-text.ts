import { useTranslation } from "react-i18next";
import type { Notice } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";

/** How a notice is told in words, by the names as last known. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation();
  const shown = (name: string): string => isolate(name === "" ? t("tile.unnamed") : name);
  return (notice) => {
    const name = shown(notice.name);
    if (notice.kind !== "removed") return t(`notice.${notice.kind}`, { name });
    const by = shown(notice.byName);
    if (notice.reason === "") return t("notice.removed", { name, by });
    return t("notice.removedReason", { name, by, reason: isolate(notice.reason) });
  };
}
