import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Icon } from "../../ui/icon.tsx";
import { usePassedBy } from "../context/surroundings.ts";
import { useNamesHere } from "../covers/acts-context.ts";

interface PassedMarkProps {
  readonly member: MemberId;
  readonly kind: "camera" | "screen";
  /** Those in the call, to name one of them. */
  readonly participants: readonly Participant[];
  /** There is room for a sign only. */
  readonly short: boolean;
}

/** By whom a picture comes that does not come from its sender. */
export function PassedMark({ member, kind, participants, short }: PassedMarkProps) {
  const { t } = useTranslation();
  const nameOf = useNamesHere();
  const by = usePassedBy(member, kind);
  const passer = participants.find(({ id }) => id === by);
  if (passer === undefined) return null;
  const name = isolate(nameOf(passer));
  const label = t("passing.sentBy", { name });
  if (!short) {
    return (
      <span className="passed-by" title={label}>
        {t("passing.by", { name })}
      </span>
    );
  }
  return (
    <span className="passed-by" role="img" aria-label={label} title={label}>
      <Icon name="passed" />
    </span>
  );
}
