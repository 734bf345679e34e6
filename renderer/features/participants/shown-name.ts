import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";

type Named = Pick<Participant, "name">;

/** A member's name, or words for one whose name has not come yet. */
export function useShownName(member: Named): string {
  return useShownNames()(member);
}

/** As `useShownName`, for several. */
export function useShownNames(): (member: Named) => string {
  const { t } = useTranslation();
  return ({ name }) => (name === "" ? t("tile.unnamed") : name);
}
