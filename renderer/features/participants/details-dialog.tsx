import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { ActSwitches } from "../covers/act-switches.tsx";
import { RoleButton } from "../ruling/role-button.tsx";
import { ShownIdentity } from "../identity/shown-identity.tsx";
import { Digits } from "./digits.tsx";
import { useNameHere } from "../covers/acts-context.ts";
import { trustOf } from "./trust.ts";
import { useTrustWords } from "./trust-mark.tsx";

interface DetailsDialogProps {
  readonly participant: Participant;
  /** Whether this person may give and take roles. */
  readonly moderating: boolean;
  readonly onClose: () => void;
}

/** One member: the number that only the two of you share, and whether you have compared it. */
export function DetailsDialog({ participant, moderating, onClose }: DetailsDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const title = useId();
  const { id, safetyNumber } = participant;
  const name = isolate(useNameHere(participant));
  const verified = participant.verifiedAs !== null;
  useEffect(() => {
    if (safetyNumber === null) send({ type: "show-safety-number", member: id });
  }, [safetyNumber, id, send]);
  return (
    <Dialog width="narrow" title={name} closeLabel={t("common.close")} onClose={onClose}>
      <TrustNote participant={participant} />
      <div className="code-box details-code" role="group" aria-labelledby={title}>
        <h3 id={title} className="code-title">
          {t("trust.safetyNumber")}
        </h3>
        {safetyNumber === null ? <Spinner /> : <Digits text={safetyNumber} />}
      </div>
      <p className="dialog-text">{t("trust.hint", { name })}</p>
      <p className="details-note">
        {t(participant.persona.contact === null ? "trust.untilEnd" : "identity.markStays")}
      </p>
      <ActSwitches participant={participant} />
      <div className="dialog-actions">
        {moderating && <RoleButton participant={participant} />}
        <Button
          look={verified ? "plain" : "primary"}
          isDisabled={safetyNumber === null}
          onPress={() => send({ type: "set-verified", member: id, verified: !verified })}
        >
          {t(verified ? "trust.unmark" : "trust.mark")}
        </Button>
      </div>
      <ShownIdentity participant={participant} />
    </Dialog>
  );
}

function TrustNote({ participant }: { readonly participant: Participant }) {
  const words = useTrustWords(participant);
  const verified = trustOf(participant) === "verified";
  return (
    <div role="status" hidden={words === null}>
      {words !== null && (
        <p className={`note ${verified ? "note-good" : "note-warning"}`}>
          <Icon name={verified ? "verified" : "warning"} />
          <span>{words}</span>
        </p>
      )}
    </div>
  );
}
