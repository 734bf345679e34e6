import { processorSeconds } from "../support/process-tree.ts";
import { pause } from "./pause.ts";

/** The share of one core that each process tree uses over a while, and how long that was, in seconds. */
export async function processorShares(
  roots: readonly number[],
  watchMs: number,
): Promise<{ readonly shares: readonly number[]; readonly seconds: number }> {
  const began = performance.now();
  const before = roots.map(processorSeconds);
  await pause(watchMs);
  const seconds = (performance.now() - began) / 1_000;
  return { shares: roots.map((root, index) => (processorSeconds(root) - (before[index] ?? 0)) / seconds), seconds };
}
