/** How the tiles are laid out, in German. */
export const layout = {
  title: "Anordnung",
  grid: "Nebeneinander",
  speaker: "Wer spricht, groß",
  selfView: "Mein eigenes Bild",
  pictureInPicture: "Kleines Fenster über allen anderen",
  shown: "Was sonst gezeigt wird",
  pin: "{{name}} anheften",
};
