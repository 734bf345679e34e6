/** Whether an entry counts, while that is being worked out (Kleene's three values): the least of several is their `and`, the greatest their `or`. */
export type Truth = 0 | 1 | 2;
export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;

export function all(...truths: readonly Truth[]): Truth {
  return truths.reduce<Truth>((least, truth) => (truth < least ? truth : least), YES);
}

export function any(truths: readonly Truth[]): Truth {
  return truths.reduce<Truth>((greatest, truth) => (truth > greatest ? truth : greatest), NO);
}

export function not(truth: Truth): Truth {
  return truth === YES ? NO : truth === NO ? YES : UNKNOWN;
}

export function known(fact: boolean): Truth {
  return fact ? YES : NO;
}
