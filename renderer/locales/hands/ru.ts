/** Raised hands and reactions, in Russian. */
export const hands = {
  raise: "Поднять руку",
  lower: "Опустить руку",
  place: "Рука поднята, номер {{place, number}} в очереди",
  line: "Поднятые руки",
  look: "Показать",
  raised: "{{name}} поднимает руку",
  react: "Реакция",
  reacted: "{{name}}: {{reaction}}",
  kind: {
    "thumbs-up": "За",
    applause: "Аплодисменты",
    heart: "Сердце",
    laugh: "Смех",
    surprise: "Удивление",
  },
};
