// @ts-check

/** A failure that a person can do something about: its message is a whole sentence, shown without a stack. */
export class Sentence extends Error {}

/** Progress and complaints go to standard error: standard output is for what a command is asked for. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
