/** How much of something somebody may still have, and when that was worked out (elapsed ms). */
export interface Budget {
  readonly left: number;
  readonly at: number;
}

export interface Allowance {
  /** What may be had at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Nothing spent yet. */
export const FULL: Budget = { left: Number.POSITIVE_INFINITY, at: 0 };

/** Takes up to `wanted` whole pieces out of a budget that refills with time. */
export function spend(
  budget: Budget,
  allowance: Allowance,
  asked: { readonly elapsed: number; readonly wanted: number },
): { readonly budget: Budget; readonly granted: number } {
  const refill = ((asked.elapsed - budget.at) / 1_000) * allowance.perSecond;
  const left = Math.min(allowance.burst, budget.left + refill);
  const granted = Math.min(asked.wanted, Math.floor(left));
  return { budget: { left: left - granted, at: asked.elapsed }, granted };
}
