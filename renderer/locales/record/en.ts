/** Words about records of a meeting, in English. */
export const record = {
  title: "Record of this meeting",
  hint: "One signed file: who came, left or was removed, by whom and why. Without sound, picture or chat. Nothing is kept unless somebody saves it.",
  myName: "My name may stand in records",
  myNameHint:
    "Without this you are a letter and a key. With it, whoever holds a record can prove that you were here under this name. You can take it back, but not out of what is saved already.",
  nobody: "Nobody has agreed to be named: everybody is a letter and a key.",
  named: "With their names: {{names}}. Everybody else is a letter and a key.",
  everybody: "Everybody here has agreed to be named: {{names}}.",
  save: "Save record",
  given: "Handed over to be saved.",
  check: "Whoever gets the file can check that nothing in it was changed:",
};
