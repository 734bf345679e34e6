import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Avatar } from "../avatar/avatar.tsx";
import { useActs, useNameHere } from "./acts-context.ts";
import "./covers.css";

interface CoverProps {
  readonly participant: Participant;
  readonly what: "picture" | "screen";
  /** Only the sign fits. */
  readonly small?: boolean;
}

/** Lies over a member's picture until this person wants to see it. The picture runs on underneath, so it is there at once. */
export function Cover({ participant, what, small = false }: CoverProps) {
  const { t } = useTranslation();
  const { choose } = useActs();
  const name = useNameHere(participant);
  const nameId = useId();
  const words = t(`cover.${what}`);
  return (
    <div className={`cover ${small ? "cover-small" : ""}`}>
      <Avatar member={participant.id} />
      <span id={nameId} hidden>
        {name}
      </span>
      <Button
        size={small ? "icon" : "small"}
        aria-label={words}
        aria-describedby={nameId}
        onPress={() => choose("cover", participant.id, false)}
      >
        <Icon name="show" />
        {!small && words}
      </Button>
    </div>
  );
}
