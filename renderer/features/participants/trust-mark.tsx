import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Icon } from "../../ui/icon.tsx";
import { trustOf } from "./trust.ts";
import "./trust.css";

/** The words for what was found out about who a member is; null while nothing was compared. */
export function useTrustWords(participant: Participant): string | null {
  const { t } = useTranslation();
  const trust = trustOf(participant);
  const about = trust === "unlike" ? participant.persona.unlike : participant.verifiedAs;
  return trust === null ? null : t(`trust.${trust}`, { name: isolate(about ?? "") });
}

/** A sign beside the name of somebody who was verified, or who is not who was. */
export function TrustMark({ participant }: { readonly participant: Participant }) {
  const trust = trustOf(participant);
  const words = useTrustWords(participant);
  if (trust === null || words === null) return null;
  return (
    <span className={`trust trust-${trust}`} role="img" aria-label={words} title={words}>
      <Icon name={trust === "verified" ? "verified" : "warning"} />
    </span>
  );
}
