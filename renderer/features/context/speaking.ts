/** Whether somebody speaks, and when they were last heard, in ms. */
export interface Speaking {
  readonly speaks: boolean;
  readonly heardAt: number;
}

export const SILENT: Speaking = { speaks: false, heardAt: Number.NEGATIVE_INFINITY };

/** Above the first level (0 to 1) somebody begins to speak, above the second they go on. */
const BEGINS = 0.06;
const GOES_ON = 0.03;
/**
 * So long after the last sound, in ms, they still speak: a mark that flickers with each word is no calm sight, and each change costs
 * a drawing.
 */
export const PAUSE_MS = 1_000;

/** Whether they speak after another look at their level, 0 to 1, `at` a time in ms. */
export function nextSpeaking({ speaks, heardAt }: Speaking, level: number, at: number): Speaking {
  const heard = level > (speaks ? GOES_ON : BEGINS) ? at : heardAt;
  return { speaks: at - heard < PAUSE_MS, heardAt: heard };
}
