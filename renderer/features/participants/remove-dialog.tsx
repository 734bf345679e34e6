import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_REASON_CHARACTERS } from "../../../core/contract/limits.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Invite } from "../../../core/contract/rules.ts";
import type { Participant, ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/check.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { RemoveOthers } from "./remove-others.tsx";
import { useShownName } from "./shown-name.ts";

/** What people are removed for most; a press puts the words into the field, where they can be changed. */
const REASONS = ["disturbs", "insults", "impostor", "uninvited"] as const;

interface RemoveDialogProps {
  readonly participant: Participant;
  /** vote: the members decide together; alone: this person does, as a moderator. */
  readonly way: "vote" | "alone";
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** Asks before somebody is removed, alone or with others, or voted on, and for the reason that everybody will see. */
export function RemoveDialog({ participant, way, view, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<MemberId>>(new Set());
  const [closing, setClosing] = useState(false);
  const { id: member } = participant;
  // Who came last is nearest: a raid comes together.
  const others = view.participants.filter(({ id, self }) => !self && id !== member).toReversed();
  // Who has gone meanwhile goes no more.
  const together = others.map(({ id }) => id).filter((id) => chosen.has(id));
  const words = useWords(participant, way, together.length + 1);
  const invite = view.rules.invites.find(({ members }) => members.includes(member)) ?? null;
  const choose = (given: string): void => {
    setMissing(false);
    setReason(given);
  };
  const remove = (): void => {
    const given = reason.trim();
    if (given === "") return setMissing(true);
    if (way === "vote") send({ type: "vote", motion: "remove", member, approve: true, reason: given });
    else if (together.length === 0) send({ type: "remove-member", member, reason: given });
    else send({ type: "remove-members", members: [member, ...together], reason: given });
    if (closing && invite !== null) send({ type: "revoke-invite", invite: invite.id });
    return onClose();
  };
  return (
    <Dialog role="alertdialog" width="narrow" title={words.title} closeLabel={t("common.close")} onClose={onClose}>
      <p className="dialog-text">{words.hint}</p>
      <div className="reasons" role="group" aria-label={t("remove.choose")}>
        {REASONS.map((id) => {
          const common = t(`remove.${id}`);
          return (
            <Button key={id} size="small" aria-pressed={reason === common} onPress={() => choose(common)}>
              {common}
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
      {way === "alone" && others.length > 0 && (
        <RemoveOthers others={others} chosen={new Set(together)} onChoose={setChosen} invite={invite} />
      )}
      {way === "alone" && invite?.revocable === true && (
        <Check on={closing} onChange={setClosing}>
          <CloseInviteWords invite={invite} />
        </Check>
      )}
      <div className="dialog-actions">
        <Button onPress={onClose}>{t("remove.cancel")}</Button>
        <Button look="danger" onPress={remove}>
          {t(way === "vote" ? "remove.vote" : "remove.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}

/** What is asked, and what will happen, for one or several people. */
function useWords(participant: Participant, way: "vote" | "alone", people: number): { title: string; hint: string } {
  const { t } = useTranslation();
  const name = isolate(useShownName(participant));
  if (way === "vote") return { title: t("remove.voteTitle", { name }), hint: t("remove.voteHint") };
  if (people > 1) return { title: t("remove.severalTitle", { people }), hint: t("remove.severalHint") };
  return { title: t("remove.title", { name }), hint: t("remove.hint") };
}

function CloseInviteWords({ invite: { label } }: { readonly invite: Invite }) {
  const { t } = useTranslation();
  return label === "" ? t("remove.closeInvite") : t("remove.closeNamedInvite", { label: isolate(label) });
}
