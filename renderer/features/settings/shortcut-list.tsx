import { useTranslation } from "react-i18next";

const KEYS = [
  ["D", "shortcutMute"],
  ["E", "shortcutVideo"],
  ["J", "shortcutChat"],
  ["P", "shortcutParticipants"],
  ["U", "shortcutHand"],
  ["Q", "shortcutQuit"],
] as const;

const MODIFIER = navigator.userAgent.includes("Macintosh") ? "⌘" : "Ctrl";

/** The keys of the app. */
export function ShortcutList() {
  const { t } = useTranslation();
  return (
    <section className="settings-part">
      <h3>{t("settings.shortcuts")}</h3>
      <dl className="shortcuts">
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>{t(`settings.${text}`)}</dt>
            <dd dir="ltr">
              <kbd>{MODIFIER}</kbd> <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("settings.shortcutClose")}</dt>
          <dd dir="ltr">
            <kbd>{"Esc"}</kbd>
          </dd>
        </div>
      </dl>
    </section>
  );
}
