/** Words about records of a meeting, in German. */
export const record = {
  title: "Protokoll dieser Besprechung",
  hint: "Eine signierte Datei darüber, was geschehen ist: wer kam, wer ging oder entfernt wurde, durch wen und warum. Weder Ton noch Bild noch Chat stehen darin. Nichts wird aufbewahrt, außer jemand speichert es.",
  myName: "Mein Name darf in Protokollen stehen",
  myNameHint:
    "Ohne dies bist du ein Buchstabe und ein Schlüssel. Damit kann jeder, der ein Protokoll hat, beweisen, dass du unter diesem Namen hier warst. Du kannst es zurücknehmen, aber nicht aus dem, was schon gespeichert ist.",
  nobody: "Niemand hat zugestimmt, genannt zu werden: Alle sind ein Buchstabe und ein Schlüssel.",
  named: "Mit Namen: {{names}}. Alle anderen sind ein Buchstabe und ein Schlüssel.",
  everybody: "Alle hier haben zugestimmt, genannt zu werden: {{names}}.",
  save: "Protokoll speichern",
  given: "Zum Speichern übergeben.",
  check: "Wer die Datei bekommt, kann prüfen, dass nichts darin verändert wurde:",
};
