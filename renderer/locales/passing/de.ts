/** Weitergeben fremder Bilder, auf Deutsch. */
export const passing = {
  title: "Bilder der anderen",
  choice: "Bilder anderer weitergeben",
  mains: "Am Stromnetz und ohne Datenlimit",
  always: "Immer",
  never: "Nie",
  hint: "Ist eine Verbindung zu langsam, um das Bild an alle zu senden, geben es andere verschlüsselt weiter. Das braucht etwas von Ihrem Upload.",
  by: "über {{name}}",
  sentBy: "Weitergegeben von {{name}}",
  passedOn: "Weitergegebene Bilder",
  none: "Keine",
  copies_one: "{{count, number}} Kopie",
  copies_other: "{{count, number}} Kopien",
};
