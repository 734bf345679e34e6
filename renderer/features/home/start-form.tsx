import { useTranslation } from "react-i18next";
import { admissions, type Admission } from "../../../core/contract/parts.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";

interface StartFormProps {
  readonly admission: Admission;
  readonly onAdmission: (admission: Admission) => void;
  readonly onStart: () => void;
}

/** The button that starts a meeting, and who may let newcomers in. */
export function StartForm({ admission, onAdmission, onStart }: StartFormProps) {
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
        chosen={admission}
        onChoose={(id) => onAdmission(admissions.find((known) => known === id) ?? "invite")}
      />
    </div>
  );
}
