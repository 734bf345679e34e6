import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Duration } from "./duration.tsx";

interface CallHeadProps {
  readonly startedAt: number;
  readonly people: number;
  readonly participantsOpen: boolean;
  readonly onParticipants: (open: boolean) => void;
  /** Nobody new comes in for now. */
  readonly locked: boolean;
  /** Null where its button stands elsewhere. */
  readonly onInvite: (() => void) | null;
  /** Null where its button stands elsewhere. */
  readonly viewMenu: ReactNode;
  readonly onRules: () => void;
  readonly onSettings: () => void;
}

/** The line above the tiles: what protects the call, how long it lasts, who is there. */
export function CallHead(props: CallHeadProps) {
  const { startedAt, people, participantsOpen, onParticipants, locked, onInvite, viewMenu } = props;
  const { onRules, onSettings } = props;
  const { t, i18n } = useTranslation();
  return (
    <header className="call-head">
      <Mark />
      <p className="call-safety">
        <Icon name="lock" />
        <span>{t("call.encrypted")}</span>
      </p>
      <span className="call-head-space" />
      {locked && (
        <p className="call-locked" title={t("rules.lockedHint")}>
          <Icon name="lock" />
          <span>{t("rules.locked")}</span>
        </p>
      )}
      <Duration startedAt={startedAt} />
      <ToggleButton
        className="button button-quiet button-small"
        isSelected={participantsOpen}
        onChange={onParticipants}
        aria-label={t("participants.title")}
      >
        <Icon name="people" />
        <span aria-hidden="true">{new Intl.NumberFormat(i18n.language).format(people)}</span>
      </ToggleButton>
      {onInvite !== null && (
        <Button look="quiet" size="icon" aria-label={t("call.invite")} onPress={onInvite}>
          <Icon name="person-add" />
        </Button>
      )}
      {viewMenu}
      <Button look="quiet" size="icon" aria-label={t("rules.title")} onPress={onRules}>
        <Icon name="rules" />
      </Button>
      <Button look="quiet" size="icon" aria-label={t("settings.title")} onPress={onSettings}>
        <Icon name="settings" />
      </Button>
    </header>
  );
}
