/** Gehobene Hände und Reaktionen auf Deutsch. */
export const hands = {
  raise: "Hand heben",
  lower: "Hand senken",
  place: "Hand gehoben, Nummer {{place, number}} in der Reihe",
  line: "Gehobene Hände",
  look: "Zeigen",
  raised: "{{name}} hat die Hand gehoben",
  react: "Reagieren",
  reacted: "{{name}}: {{reaction}}",
  kind: {
    "thumbs-up": "Daumen hoch",
    applause: "Beifall",
    heart: "Herz",
    laugh: "Lachen",
    surprise: "Überrascht",
  },
};
