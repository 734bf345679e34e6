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

interface RemoveDialogProps {
  readonly participant: Participant;
  readonly onClose: () => void;
}

/** Asks before removing somebody, and for the reason that everybody will see. */
export function RemoveDialog({ participant, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const name = useShownName(participant);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const remove = (): void => {
    const given = reason.trim();
    if (given === "") return setMissing(true);
    send({ type: "remove-member", member: participant.id, reason: given });
    return onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      width="narrow"
      title={t("remove.title", { name: isolate(name) })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="dialog-text">{t("remove.hint")}</p>
      <TextField
        label={t("remove.reason")}
        value={reason}
        maxLength={MAX_REASON_CHARACTERS}
        dir="auto"
        autoFocus
        error={missing ? t("remove.reasonMissing") : null}
        onChange={(typed) => {
          setMissing(false);
          setReason(typed);
        }}
      />
      <div className="dialog-actions">
        <Button onPress={onClose}>{t("remove.cancel")}</Button>
        <Button look="danger" onPress={remove}>
          {t("remove.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
