/** Passing on others' pictures, in English. */
export const passing = {
  title: "Others' pictures",
  choice: "Pass on others' pictures",
  mains: "On mains power, where data is not limited",
  always: "Always",
  never: "Never",
  hint: "If somebody's connection is too slow to send their picture to everybody, others send it on, still encrypted. It takes some of your upload.",
  by: "via {{name}}",
  sentBy: "Sent on by {{name}}",
  passedOn: "Pictures passed on",
  none: "None",
  copies_one: "{{count, number}} copy",
  copies_other: "{{count, number}} copies",
};
