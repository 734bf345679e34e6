/** 转发他人画面，简体中文。 */
export const passing = {
  title: "他人的画面",
  choice: "转发他人的画面",
  mains: "接通电源且流量不受限时",
  always: "始终",
  never: "从不",
  hint: "如果某人的网络太慢，无法把画面发给所有人，其他人会以加密形式代为转发。这会占用您的一部分上传带宽。",
  by: "经由 {{name}}",
  sentBy: "由 {{name}} 转发",
  passedOn: "转发的画面",
  none: "无",
  copies_one: "{{count, number}} 份",
  copies_other: "{{count, number}} 份",
};
