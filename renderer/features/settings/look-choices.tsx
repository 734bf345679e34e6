import { useTranslation } from "react-i18next";
import type { Appearance, Look } from "../../../core/contract/settings.ts";
import { isLanguageTag, languages } from "../../locales/i18n.ts";
import { Choice } from "../../ui/choice.tsx";
import { useSurroundings } from "../context/surroundings.ts";

const APPEARANCES: readonly Appearance[] = ["system", "light", "dark"];
/** The id of "as the system" among the languages; no tag is as long. */
const SYSTEM = "system";

/** Language and appearance of the window. */
export function LookChoices() {
  const { t } = useTranslation();
  const { settings, send } = useSurroundings();
  const { look } = settings;
  const choose = (chosen: Look): void => send({ type: "change-settings", settings: { ...settings, look: chosen } });
  return (
    <section className="settings-pair">
      <Choice
        label={t("settings.language")}
        options={[
          { id: SYSTEM, text: t("settings.system") },
          ...languages.map(({ tag, name }) => ({ id: tag, text: name })),
        ]}
        chosen={isLanguageTag(look.language) ? look.language : SYSTEM}
        onChoose={(id) => choose({ ...look, language: isLanguageTag(id) ? id : null })}
      />
      <Choice
        label={t("settings.appearance")}
        options={APPEARANCES.map((id) => ({ id, text: t(`settings.${id}`) }))}
        chosen={look.appearance}
        onChoose={(id) => choose({ ...look, appearance: APPEARANCES.find((known) => known === id) ?? "system" })}
      />
    </section>
  );
}
