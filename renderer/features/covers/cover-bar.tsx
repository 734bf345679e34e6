import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { useActs } from "./acts-context.ts";
import { isDone } from "./local-acts.ts";
import "./covers.css";

/** Says why some pictures are covered, with one button for a call among friends. */
export function CoverBar({ participants }: { readonly participants: readonly Participant[] }) {
  const { t } = useTranslation();
  const { acts, showEverybody } = useActs();
  const covered = participants.some((one) => {
    const shows = one.media.camera || one.media.screen;
    return one.newcomer && shows && isDone(acts, "cover", one);
  });
  if (!covered || acts.showNewcomers) return null;
  return (
    <div className="stage-bar">
      <span>{t("cover.why")}</span>
      <Button size="small" look="quiet" onPress={showEverybody}>
        {t("cover.everybody")}
      </Button>
    </div>
  );
}
