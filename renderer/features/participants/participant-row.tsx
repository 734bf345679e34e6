import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Avatar } from "../avatar/avatar.tsx";
import { connectionOf } from "../call/connection.ts";
import { useNameHere } from "../covers/acts-context.ts";
import { HandMark } from "../hands/hand-mark.tsx";
import { trustOf } from "./trust.ts";
import { TrustMark, useTrustWords } from "./trust-mark.tsx";

interface ParticipantRowProps {
  readonly participant: Participant;
  /** Null for oneself. */
  readonly onDetails: (() => void) | null;
  /** Null where this person may not remove them. */
  readonly onRemove: (() => void) | null;
}

/** The words under a member's name: who they are here, then how they are connected. */
function useRowWords(participant: Participant): readonly string[] {
  const { t } = useTranslation();
  const connection = connectionOf(participant);
  return [
    participant.self ? t("participants.you") : null,
    participant.moderator ? t("participants.moderator") : null,
    connection === null ? null : t(`tile.${connection}`),
  ].filter((word) => word !== null);
}

/** One line of the list: shape, name, standing, what they send, and the way to remove them. */
export function ParticipantRow({ participant, onDetails, onRemove }: ParticipantRowProps) {
  const { t } = useTranslation();
  const name = useNameHere(participant);
  const nameId = useId();
  const wordsId = useId();
  const words = useRowWords(participant);
  const trust = useTrustWords(participant);
  const warning = trustOf(participant) === "verified" ? null : trust;
  const { microphone, screen } = participant.media;
  return (
    <li className="person" aria-label={name} aria-describedby={wordsId} data-member={participant.id}>
      <Avatar member={participant.id} />
      <div className="person-words">
        <span className="person-name">
          <bdi id={nameId}>{name}</bdi>
          <TrustMark participant={participant} />
        </span>
        <span id={wordsId} className={`person-state person-${connectionOf(participant) ?? "self"}`}>
          {words.join(" · ")}
        </span>
        {warning !== null && <span className="person-warning">{warning}</span>}
      </div>
      {participant.hand > 0 && <HandMark place={participant.hand} />}
      {screen && (
        <span className="person-sign" role="img" aria-label={t("tile.sharing")} title={t("tile.sharing")}>
          <Icon name="screen" />
        </span>
      )}
      {!microphone && (
        <span className="person-sign" role="img" aria-label={t("tile.muted")} title={t("tile.muted")}>
          <Icon name="microphone-off" />
        </span>
      )}
      {onDetails !== null && (
        <Button look="quiet" size="icon" aria-label={t("trust.details")} aria-describedby={nameId} onPress={onDetails}>
          <Icon name="details" />
        </Button>
      )}
      {onRemove !== null && (
        <Button look="quiet" size="icon" aria-label={t("remove.button")} aria-describedby={nameId} onPress={onRemove}>
          <Icon name="person-remove" />
        </Button>
      )}
    </li>
  );
}
