/** How the tiles are laid out, in Russian. */
export const layout = {
  title: "Расположение",
  grid: "Рядом",
  speaker: "Говорящий крупно",
  selfView: "Моё изображение",
  pictureInPicture: "Маленькое окно поверх остальных",
  shown: "Что ещё показывать",
  pin: "Закрепить: {{name}}",
};
