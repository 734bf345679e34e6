/** Devices and what can be wrong with them, in German. */
export const devices = {
  device: {
    microphone: "Mikrofon",
    camera: "Kamera",
    speaker: "Lautsprecher",
    systemDefault: "Wie im System",
    nothing: "Keine gefunden",
  },
  deviceProblem: {
    microphone: {
      "none-found": "Es wurde kein Mikrofon gefunden. Schließ eines an; Vigil nimmt es von selbst.",
      busy: "Ein anderes Programm benutzt das Mikrofon. Beende es dort und schalte das Mikrofon hier wieder ein.",
      refused:
        "Vigil darf das Mikrofon nicht benutzen. Erlaube es in den Datenschutz-Einstellungen des Systems und schalte es wieder ein.",
      unplugged: "Das Mikrofon wurde abgezogen. Steck es wieder an oder wähle ein anderes.",
      failed: "Das Mikrofon antwortet nicht. Steck es ab und wieder an oder wähle ein anderes.",
    },
    camera: {
      "none-found": "Es wurde keine Kamera gefunden. Schließ eine an oder geh ohne Bild hinein.",
      busy: "Ein anderes Programm benutzt die Kamera. Beende es dort und schalte die Kamera hier wieder ein.",
      refused:
        "Vigil darf die Kamera nicht benutzen. Erlaube es in den Datenschutz-Einstellungen des Systems und schalte sie wieder ein.",
      unplugged: "Die Kamera wurde abgezogen. Steck sie wieder an oder wähle eine andere.",
      failed: "Die Kamera antwortet nicht. Steck sie ab und wieder an oder wähle eine andere.",
    },
    screen: {
      "none-found": "Es gibt keinen Bildschirm, der gezeigt werden kann.",
      busy: "Der Bildschirm konnte nicht aufgenommen werden, weil ein anderes Programm ihn belegt. Beende es und versuch es noch einmal.",
      refused:
        "Dein Bildschirm wird nicht gezeigt. Falls du das nicht wolltest: Erlaube die Bildschirmaufnahme in den Datenschutz-Einstellungen des Systems.",
      unplugged: "Das gezeigte Fenster oder der gezeigte Bildschirm ist nicht mehr da.",
      failed: "Dein Bildschirm konnte nicht gezeigt werden. Versuch es noch einmal oder wähle ein anderes Fenster.",
    },
  },
  sound: {
    title: "Dein Ton",
    echoCancellation: "Echounterdrückung",
    noiseSuppression: "Rauschunterdrückung",
    autoGainControl: "Automatische Lautstärke",
    hint: "Lass sie eingeschaltet, außer wenn du Musik machst oder Kopfhörer trägst. Sie gelten sofort.",
    volume: "Lautstärke",
    only: "Nur Ton",
    onlyChosen: "Nur Ton: Die Bilder sind aus, weil du es so gewählt hast.",
    onlyMachine: "Nur Ton: Dieser Rechner kommt mit Bildern nicht nach, darum sind sie aus.",
    onlyLink: "Nur Ton: Die Verbindung trägt keine Bilder, darum sind sie aus.",
    show: "Bilder zeigen",
    tryAgain: "Bilder noch einmal versuchen",
  },
};
