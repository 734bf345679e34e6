/** Raised hands and reactions, in English. */
export const hands = {
  raise: "Raise hand",
  lower: "Lower hand",
  place: "Hand raised, number {{place, number}} in line",
  line: "Raised hands",
  look: "Show",
  raised: "{{name}} has raised a hand",
  react: "React",
  reacted: "{{name}}: {{reaction}}",
  kind: {
    "thumbs-up": "Thumbs up",
    applause: "Applause",
    heart: "Heart",
    laugh: "Laughing",
    surprise: "Surprised",
  },
};
