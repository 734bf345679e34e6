import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Icon } from "../../ui/icon.tsx";
import { useAct } from "../covers/acts-context.ts";
import { reactionIcons } from "./reaction-icons.ts";
import "./hands.css";

/** What a member reacts with at this moment. Nothing from one whose messages this person hides. */
export function ReactionMark({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const hidden = useAct("hide-chat", { id: participant.id, newcomer: false });
  const { reaction } = participant;
  if (reaction === null || hidden) return null;
  return (
    <span key={reaction.id} className="reaction-mark" role="img" aria-label={t(`hands.kind.${reaction.kind}`)}>
      <Icon name={reactionIcons[reaction.kind]} />
    </span>
  );
}
