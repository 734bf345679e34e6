/** How the tiles are laid out, in Persian. */
export const layout = {
  title: "چیدمان",
  grid: "کنار هم",
  speaker: "گوینده بزرگ",
  selfView: "تصویر خودم",
  pictureInPicture: "پنجرهٔ کوچک روی همهٔ پنجره‌ها",
  shown: "چه چیز دیگری نشان داده می‌شود",
  pin: "سنجاق کردن {{name}}",
};
