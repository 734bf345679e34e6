/** Words about long-lived identities and contacts, in German. */
export const identity = {
  title: "Identität",
  hint: "Freiwillig. Wem Sie eine Identität zeigen, der kann Sie in späteren Besprechungen wiedererkennen. Sie entscheiden in jeder Besprechung, ob Sie sie zeigen; sonst sieht sie niemand.",
  create: "Identität anlegen",
  import: "Aus Datei übernehmen",
  name: "Name der Identität",
  passphrase: "Passphrase",
  newPassphrase: "Neue Passphrase",
  again: "Dieselbe Passphrase noch einmal",
  passphraseHint:
    "Am besten mehrere zufällige Wörter. Niemand kann sie zurücksetzen: Ohne sie ist die Identität verloren.",
  keychain: "Stattdessen vom Schlüsselbund des Systems bewahren lassen",
  keychainHint: "Wer in diesem System unter Ihrem Namen angemeldet ist, kann sie dann öffnen.",
  doCreate: "Anlegen",
  doImport: "Übernehmen",
  doExport: "Exportieren",
  unlock: "Entsperren",
  lock: "Sperren",
  export: "In Datei exportieren",
  delete: "Löschen",
  cancel: "Abbrechen",
  locked: "Hier gibt es eine Identität. Sie ist gesperrt.",
  lockedKeychain: "Hier gibt es eine Identität. Der Schlüsselbund des Systems kann sie öffnen.",
  working: "Einen Augenblick: Das dauert mit Absicht ein paar Sekunden.",
  exportHint: "Die Kopie bekommt eine eigene Passphrase. Bewahren Sie beides sicher auf.",
  chooseFile: "Datei wählen",
  deleteHint:
    "Die Identität und ihre Kontakte werden von diesem Gerät entfernt. Nur eine exportierte Kopie kann sie zurückbringen.",
  damaged:
    "Hier liegt eine Identitätsdatei, die sich nicht lesen lässt. Sie bleibt, wie sie ist. Wenn Sie eine exportierte Kopie haben, löschen Sie diese Datei und übernehmen Sie die Kopie.",
  contacts: "Kontakte",
  noContacts:
    "Noch niemand. Zeigt jemand in einer Besprechung eine Identität, können Sie sie in den Einzelheiten speichern.",
  rename: "Umbenennen",
  remove: "Entfernen",
  save: "Speichern",
  renameContact: "{{name}} umbenennen",
  removeContact: "{{name}} entfernen",
  show: "Meine Identität {{name}} zeigen",
  of: "Zeigt die Identität {{name}}",
  contact: "Sie haben diese Identität als {{name}} gespeichert.",
  contactName: "Ihr Name für diese Person",
  saveContact: "Als Kontakt speichern",
  needsOwn:
    "Um Kontakte zu speichern, legen Sie in den Einstellungen eine eigene Identität an oder entsperren Sie sie.",
  unshown: "Hat die Identität nicht gezeigt, die Sie als {{name}} gespeichert haben.",
  markStays: "Die Markierung bleibt bei diesem Kontakt, auch in späteren Besprechungen.",
  nameMissing: "Geben Sie der Identität einen Namen.",
  tooShort: "Verwenden Sie mindestens {{least}} Zeichen.",
  differ: "Das ist nicht dieselbe Passphrase. Geben Sie sie noch einmal ein.",
  fault: {
    "passphrase-wrong":
      "Diese Passphrase öffnet die Identität nicht. Prüfen Sie sie und versuchen Sie es erneut; die Datei ist unverändert.",
    "file-damaged":
      "Die Datei der Identität ist beschädigt oder unvollständig. Sie blieb, wie sie ist. Nehmen Sie eine andere Kopie, wenn Sie eine haben.",
    "file-foreign": "Das ist keine Identitätsdatei. Wählen Sie eine, die Vigil exportiert hat.",
    "file-too-new":
      "Diese Identität wurde von einem neueren Vigil gespeichert. Aktualisieren Sie Ihres und versuchen Sie es erneut.",
    unreadable: "Die Datei der Identität lässt sich nicht lesen. Prüfen Sie die Rechte von Vigils Ordner.",
    unwritable:
      "Die Identität konnte nicht gespeichert werden. Prüfen Sie den freien Platz und die Rechte von Vigils Ordner.",
    "keychain-failed":
      "Der Schlüsselbund des Systems hat die Identität nicht geöffnet. Entsperren Sie ihn und versuchen Sie es erneut.",
    "contacts-full": "Es können keine weiteren Kontakte gespeichert werden. Entfernen Sie zuerst einen.",
  },
};
