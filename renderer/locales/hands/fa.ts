/** Raised hands and reactions, in Persian. */
export const hands = {
  raise: "بالا بردن دست",
  lower: "پایین آوردن دست",
  place: "دست بالاست، نوبت {{place, number}}",
  line: "دست‌های بالا",
  look: "نشان دادن",
  raised: "{{name}} دست خود را بالا برد",
  react: "واکنش",
  reacted: "{{name}}: {{reaction}}",
  kind: {
    "thumbs-up": "موافق",
    applause: "تشویق",
    heart: "قلب",
    laugh: "خنده",
    surprise: "شگفتی",
  },
};
