import { useTranslation } from "react-i18next";
import { passingChoices, usualPassing } from "../../../core/contract/settings.ts";
import { Choice } from "../../ui/choice.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** When this machine helps others whose connection is slow. */
export function PassingChoices() {
  const { t } = useTranslation();
  const { settings, send } = useSurroundings();
  return (
    <section className="settings-part">
      <h3>{t("passing.title")}</h3>
      <Choice
        label={t("passing.choice")}
        options={passingChoices.map((id) => ({ id, text: t(`passing.${id}`) }))}
        chosen={settings.passing ?? usualPassing}
        onChoose={(id) => {
          const passing = passingChoices.find((known) => known === id) ?? usualPassing;
          send({ type: "change-settings", settings: { ...settings, passing } });
        }}
      />
      <p className="settings-hint">{t("passing.hint")}</p>
    </section>
  );
}
