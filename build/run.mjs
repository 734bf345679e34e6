#!/usr/bin/env node
// @ts-check
// The one door to every command. It runs on Node 20 with nothing installed, makes the ground ready and then hands over.
import { commands } from "./commands/commands.mjs";
import { Sentence, say } from "./setup/say.mjs";

const [name = "", ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  say(`There is no command "${name}"; there are ${Object.keys(commands).join(", ")}.`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (failure) {
    if (!(failure instanceof Sentence)) throw failure;
    say(failure.message);
    process.exitCode = 1;
  }
}
// A window leaves nothing behind, but a debugger's socket or a pipe that closes slowly must not hold the terminal.
if (name === "start") process.exit();
