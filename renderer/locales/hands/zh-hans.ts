/** Raised hands and reactions, in Chinese. */
export const hands = {
  raise: "举手",
  lower: "放下手",
  place: "已举手，排第 {{place, number}} 位",
  line: "举手的人",
  look: "查看",
  raised: "{{name}} 举手了",
  react: "回应",
  reacted: "{{name}}：{{reaction}}",
  kind: {
    "thumbs-up": "赞成",
    applause: "鼓掌",
    heart: "爱心",
    laugh: "大笑",
    surprise: "惊讶",
  },
};
