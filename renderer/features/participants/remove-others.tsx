import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Invite } from "../../../core/contract/rules.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/check.tsx";
import { useNameHere } from "../covers/acts-context.ts";

interface RemoveOthersProps {
  /** Who could be removed as well, those who came last first. */
  readonly others: readonly Participant[];
  readonly chosen: ReadonlySet<MemberId>;
  readonly onChoose: (chosen: ReadonlySet<MemberId>) => void;
  /** The invite that the first of them came in by, if others did too. */
  readonly invite: Invite | null;
}

/** After a raid: who goes together with the first, by name or all who came by the same link. */
export function RemoveOthers({ others, chosen, onChoose, invite }: RemoveOthersProps) {
  const { t } = useTranslation();
  const sameInvite = others.filter(({ id }) => invite?.members.includes(id) ?? false);
  const put = (id: MemberId, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <details className="remove-others">
      <summary>{t("remove.others", { chosen: chosen.size })}</summary>
      {sameInvite.length > 0 && (
        <Button size="small" onPress={() => onChoose(new Set(sameInvite.map(({ id }) => id)))}>
          {t("remove.sameInvite", { people: sameInvite.length + 1 })}
        </Button>
      )}
      <ul aria-label={t("remove.othersList")}>
        {others.map((participant) => (
          <li key={participant.id}>
            <Check on={chosen.has(participant.id)} onChange={(on) => put(participant.id, on)}>
              <OtherName participant={participant} />
            </Check>
          </li>
        ))}
      </ul>
    </details>
  );
}

function OtherName({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const name = useNameHere(participant);
  return (
    <>
      <bdi>{name}</bdi>
      {participant.moderator && <span className="remove-mark">{t("participants.moderator")}</span>}
    </>
  );
}
