/** Words about records of a meeting, in German. */
export const record = {
  title: "Besprechungsprotokoll",
  hint: "Eine signierte Datei: wer kam, ging oder entfernt wurde, durch wen und warum. Ohne Ton, Bild und Chat. Nichts bleibt, wenn es niemand speichert.",
  myName: "Mein Name darf ins Protokoll",
  myNameHint:
    "Sonst bist du ein Buchstabe und ein Schlüssel. Mit Namen kann jeder, der ein Protokoll hat, beweisen, dass du hier warst. Du kannst es zurücknehmen, aber nicht aus schon gespeicherten.",
  nobody: "Niemand hat zugestimmt, genannt zu werden: Alle sind ein Buchstabe und ein Schlüssel.",
  named: "Mit Namen: {{names}}. Alle anderen sind ein Buchstabe und ein Schlüssel.",
  everybody: "Alle hier haben zugestimmt, genannt zu werden: {{names}}.",
  save: "Protokoll speichern",
  given: "Zum Speichern übergeben.",
  check: "Wer die Datei bekommt, kann prüfen, dass nichts darin verändert wurde:",
};
