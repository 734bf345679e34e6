import { useTranslation } from "react-i18next";
import type { Notice } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";

type WithReason = "removed" | "voted-out" | "appealed" | "invite-closed";

function hasReason(kind: Notice["kind"]): kind is WithReason {
  return kind === "removed" || kind === "voted-out" || kind === "appealed" || kind === "invite-closed";
}

/** How a notice is told in words, by the names as last known. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation();
  const shown = (name: string): string => isolate(name === "" ? t("tile.unnamed") : name);
  return (notice) => {
    const name = shown(notice.name);
    const by = shown(notice.byName);
    const { kind } = notice;
    if (notice.reason === "" || !hasReason(kind)) return t(`notice.${kind}`, { name, by });
    return t(`noticeReason.${kind}`, { name, by, reason: isolate(notice.reason) });
  };
}
