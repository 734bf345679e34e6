/** One line of a measurement's outcome. */
export interface Row {
  readonly what: string;
  /** Null when it could not be measured. */
  readonly value: number | null;
  readonly unit: string;
  /** The most that is good, in the same unit; the least where `what` says so. */
  readonly bound: number | null;
  readonly met: boolean;
}

/** One thing that `npm run bench -- NAME` measures. */
export interface Measure {
  readonly name: string;
  /** Measures and cleans up. Rejects when nothing could be measured. `say` is told of progress. */
  run(say: (words: string) => void): Promise<readonly Row[]>;
}

/** A figure that must not exceed its bound. */
export function atMost(bound: number, row: { what: string; value: number | null; unit: string }): Row {
  return { ...rounded(row), bound, met: row.value !== null && row.value <= bound };
}

/** A figure that must not fall below its bound. */
export function atLeast(bound: number, row: { what: string; value: number | null; unit: string }): Row {
  return { ...rounded(row), bound, met: row.value !== null && row.value >= bound };
}

/** A figure that others are judged by. */
export function forComparison(row: { what: string; value: number | null; unit: string }): Row {
  return { ...rounded(row), bound: null, met: row.value !== null };
}

function rounded<T extends { value: number | null }>(row: T): T {
  return { ...row, value: row.value === null ? null : Number(row.value.toPrecision(4)) };
}

/** The quotient of two figures; null when either is missing. */
export function ratio(value: number | null, base: number | null): number | null {
  return value === null || base === null || base === 0 ? null : value / base;
}
