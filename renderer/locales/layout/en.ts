/** How the tiles are laid out, in English. */
export const layout = {
  title: "Layout",
  grid: "Side by side",
  speaker: "Speaker large",
  selfView: "My own picture",
  pictureInPicture: "Small window over all others",
  shown: "What else is shown",
  pin: "Pin {{name}}",
};
