import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";

/** A member's name, or words for one whose name has not come yet. */
export function useShownName({ name }: Pick<Participant, "name">): string {
  const { t } = useTranslation();
  return name === "" ? t("tile.unnamed") : name;
}
