import { describe, expect, test } from "vitest";
import { nextSpeaking, PAUSE_MS, SILENT, type Speaking } from "../../../renderer/features/context/speaking.ts";

const LOUD = 0.5;
/** Too faint to begin with, loud enough to go on. */
const FAINT = 0.04;
const QUIET = 0.02;

/** Looks at these levels, each at its time in ms. */
function after(...looks: readonly (readonly [level: number, at: number])[]): Speaking {
  return looks.reduce<Speaking>((state, [level, at]) => nextSpeaking(state, level, at), SILENT);
}

describe("who speaks", () => {
  test("a voice begins at once, a faint sound does not", () => {
    expect(after([LOUD, 0]).speaks).toBe(true);
    expect(after([FAINT, 0]).speaks).toBe(false);
    expect(after([Number.NaN, 0]).speaks).toBe(false);
  });

  test("pauses between words are no end, however many", () => {
    const words = Array.from(
      { length: 20 },
      (_, index) => [index % 2 === 0 ? LOUD : 0, (index * PAUSE_MS) / 2] as const,
    );
    for (let count = 1; count <= words.length; count++) expect(after(...words.slice(0, count)).speaks).toBe(true);
  });

  test("it ends a second after the last sound, and begins anew only with a voice", () => {
    expect(after([LOUD, 0], [0, PAUSE_MS - 1]).speaks).toBe(true);
    expect(after([LOUD, 0], [0, PAUSE_MS]).speaks).toBe(false);
    expect(after([LOUD, 0], [0, PAUSE_MS], [FAINT, PAUSE_MS + 1]).speaks).toBe(false);
  });

  test("a voice that grows faint goes on, noise does not keep it up", () => {
    expect(after([LOUD, 0], [FAINT, PAUSE_MS - 1], [0, PAUSE_MS + 1]).speaks).toBe(true);
    expect(after([LOUD, 0], [QUIET, PAUSE_MS - 1], [0, PAUSE_MS + 1]).speaks).toBe(false);
  });
});
