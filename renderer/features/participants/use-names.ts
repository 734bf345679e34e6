import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";

/** Names of everybody seen in this call, also of those who have gone: what happened is told by name. */
export function useNames(participants: readonly Participant[]): (member: MemberId) => string {
  const { t } = useTranslation();
  const known = useRef(new Map<MemberId, string>());
  for (const { id, name } of participants) if (name !== "") known.current.set(id, name);
  return (member) => isolate(known.current.get(member) ?? t("tile.unnamed"));
}
