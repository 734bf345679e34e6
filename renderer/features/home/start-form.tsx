import { useTranslation } from "react-i18next";
import { admissions, type Admission } from "../../../core/contract/parts.ts";
import { type InvitingWay, invitingWays } from "../../../core/contract/rules.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";

/** How a meeting is ruled at its start. */
export interface StartRules {
  readonly admission: Admission;
  readonly inviting: InvitingWay;
}

interface StartFormProps {
  readonly rules: StartRules;
  readonly onRules: (rules: StartRules) => void;
  readonly onStart: () => void;
}

/** The button that starts a meeting, and who may let newcomers in and make invites. */
export function StartForm({ rules, onRules, onStart }: StartFormProps) {
  const { t } = useTranslation();
  return (
    <div className="start-form">
      <Button look="primary" onPress={onStart}>
        {t("home.start")}
      </Button>
      <Choice
        look="quiet"
        label={t("home.howIn")}
        options={admissions.map((id) => ({ id, text: t(`admission.${id}`) }))}
        chosen={rules.admission}
        onChoose={(id) => onRules({ ...rules, admission: admissions.find((known) => known === id) ?? "invite" })}
      />
      <Choice
        look="quiet"
        label={t("rules.whoInvites")}
        options={invitingWays.map((id) => ({ id, text: t(`inviting.${id}`) }))}
        chosen={rules.inviting}
        onChoose={(id) => onRules({ ...rules, inviting: invitingWays.find((known) => known === id) ?? "moderators" })}
      />
    </div>
  );
}
