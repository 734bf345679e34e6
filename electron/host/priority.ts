import { constants, setPriority } from "node:os";

/**
 * Puts this process before those that draw and decode, where the system lets it. It needs little, but everybody in the
 * meeting waits for its answers, and on a machine that is full of pictures it would wait longest of all.
 */
export function comeFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    // On Linux and macOS only an administrator may; then it takes its turn.
  }
}
