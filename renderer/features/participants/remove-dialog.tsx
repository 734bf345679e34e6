import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_REASON_CHARACTERS } from "../../../core/contract/limits.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { useShownName } from "./shown-name.ts";

/** What people are removed for most; a press puts the words into the field, where they can be changed. */
const REASONS = ["disturbs", "insults", "impostor", "uninvited"] as const;

interface RemoveDialogProps {
  readonly participant: Participant;
  /** vote: the members decide together; alone: this person does, as a moderator. */
  readonly way: "vote" | "alone";
  readonly onClose: () => void;
}

/** Asks before somebody is removed, or voted on, and for the reason that everybody will see. */
export function RemoveDialog({ participant, way, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const name = useShownName(participant);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const choose = (words: string): void => {
    setMissing(false);
    setReason(words);
  };
  const remove = (): void => {
    const given = reason.trim();
    if (given === "") return setMissing(true);
    const { id: member } = participant;
    if (way === "vote") send({ type: "vote", motion: "remove", member, approve: true, reason: given });
    else send({ type: "remove-member", member, reason: given });
    return onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      width="narrow"
      title={t(way === "vote" ? "remove.voteTitle" : "remove.title", { name: isolate(name) })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="dialog-text">{t(way === "vote" ? "remove.voteHint" : "remove.hint")}</p>
      <div className="reasons" role="group" aria-label={t("remove.choose")}>
        {REASONS.map((id) => {
          const words = t(`remove.${id}`);
          return (
            <Button key={id} size="small" aria-pressed={reason === words} onPress={() => choose(words)}>
              {words}
            </Button>
          );
        })}
      </div>
      <TextField
        label={t("remove.reason")}
        value={reason}
        maxLength={MAX_REASON_CHARACTERS}
        dir="auto"
        autoFocus
        error={missing ? t("remove.reasonMissing") : null}
        onChange={choose}
      />
      <div className="dialog-actions">
        <Button onPress={onClose}>{t("remove.cancel")}</Button>
        <Button look="danger" onPress={remove}>
          {t(way === "vote" ? "remove.vote" : "remove.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
