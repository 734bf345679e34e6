/** How the tiles are laid out, in Chinese. */
export const layout = {
  title: "布局",
  grid: "并排",
  speaker: "放大发言者",
  selfView: "我自己的画面",
  pictureInPicture: "置顶小窗口",
  shown: "还显示什么",
  pin: "固定 {{name}}",
};
